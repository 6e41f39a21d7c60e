/** labelDelete and labelMerge. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ticketByCode } from "../testkit/requests.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
});
afterAll(() => test.close());

const look = (code: string, client = ada.client) => ticketByCode(client, code);

describe("labels", () => {
  it("deleted are off every ticket at once and their name is free again; the timeline still names them", async () => {
    await acme.label("Temp");
    const { code } = await acme.ticket();
    const set =
      "mutation ($c: String!, $v: TicketLabelsUpdateInput!) { ticketLabelsUpdate(ticket: { code: $c }, input: $v) { ticket { labels { name } } } }";
    expect(
      (await ada.client.get(set, { c: code, v: { addLabels: [{ name: "temp" }] } })).ticketLabelsUpdate.ticket.labels,
    ).toEqual([{ name: "Temp" }]);
    await ada.client.get('mutation { labelDelete(label: { name: "Temp" }) { deletedLabelId } }');
    expect((await look(code)).labels).toEqual([]);
    expect(await ada.client.code('{ label(by: { name: "Temp" }) { id } }')).toBe("NOT_FOUND");
    expect(await ada.client.code(set, { c: code, v: { addLabels: [{ name: "Temp" }] } })).toBe("NOT_FOUND");
    expect(
      await ada.client.code('mutation { labelCreate(input: { name: "temp", color: "#3b82f6" }) { cursor } }'),
    ).toBeNull();
    const { ticket } = await ada.client.get(
      "query ($c: String!) { ticket(by: { code: $c }) { timeline(kinds: [LABELS]) { nodes { ... on LabelsChange { actor { name } added { name } removed { name } } } } } }",
      { c: code },
    );
    const name = ada.email.split("@")[0];
    expect(ticket.timeline.nodes).toEqual([
      { actor: { name }, added: [{ name: "Temp" }], removed: [] },
      { actor: { name }, added: [], removed: [{ name: "Temp" }] },
    ]);
  });

  it("merged stand in the other's place, once", async () => {
    const [from, to] = [await acme.label("From"), await acme.label("To")];
    const [one, both, none] = [
      await acme.ticket({ labelIds: [from] }),
      await acme.ticket({ labelIds: [from, to] }),
      await acme.ticket(),
    ];
    const { labelMerge } = await ada.client.get(
      'mutation { labelMerge(label: { name: "From" }, into: { name: "To" }) { deletedLabelId label { name ticketCount } } }',
    );
    expect(labelMerge).toEqual({ deletedLabelId: acme.globalId("Label", from), label: { name: "To", ticketCount: 2 } });
    expect([(await look(one.code)).labels, (await look(both.code)).labels, (await look(none.code)).labels]).toEqual([
      [{ name: "To" }],
      [{ name: "To" }],
      [],
    ]);
    const changes = await test.database.query(
      "select subject_id, before -> 'labelIds' as before, after -> 'labelIds' as after from changes where 'ticket.labels_changed' = any(kinds) and subject_id = any($1)",
      [[one.uuid, both.uuid]],
    );
    expect(changes.find(({ subject_id }) => subject_id === one.uuid)).toMatchObject({ before: [from], after: [to] });
    expect(changes.find(({ subject_id }) => subject_id === both.uuid)).toMatchObject({
      before: [from, to].sort(),
      after: [to],
    });
    expect(
      await ada.client.code('mutation { labelMerge(label: { name: "To" }, into: { name: "to" }) { deletedLabelId } }'),
    ).toBe("VALIDATION");
  });
});

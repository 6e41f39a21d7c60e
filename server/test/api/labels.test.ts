import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
});
afterAll(() => test.close());

const create = `mutation ($input: LabelCreateInput!) { labelCreate(input: $input) { cursor label { id name color description version viewerCan { update delete merge } } } }`;
const update = `mutation ($label: LabelRef!, $input: LabelUpdateInput!) { labelUpdate(label: $label, input: $input) { cursor label { name color description version } } }`;

describe("labels", () => {
  it("are created with a colour, once for a name in any case", async () => {
    const { labelCreate } = await admin.client.get(create, { input: { name: " Billing ", color: "#EAB308" } });
    expect(labelCreate.label).toMatchObject({
      name: "Billing",
      color: "#eab308",
      description: null,
      version: 1,
      viewerCan: { update: true, delete: true, merge: true },
    });
    expect(await admin.client.code(create, { input: { name: "BILLING", color: "#000000" } })).toBe("ALREADY_EXISTS");
  });

  it("refuse what is no colour or no name, with the path of each fault", async () => {
    const { errors } = await admin.client.ask(create, { input: { name: "", color: "red" } });
    expect(errors[0]?.extensions.issues?.map(({ path }) => path.join("."))).toEqual(["input.name", "input.color"]);
  });

  it("show a change on every ticket at once, and refuse an outdated one", async () => {
    const id = await acme.label("Old name");
    const ticket = await acme.ticket({ labelIds: [id] });
    const renamed = await admin.client.get(update, {
      label: { name: "old NAME" },
      input: { name: "New name", expectedVersion: 1 },
    });
    expect(renamed.labelUpdate.label).toMatchObject({ name: "New name", version: 2 });
    const { ticket: seen } = await admin.client.get(
      "query ($code: String!) { ticket(by: { code: $code }) { labels { name } } }",
      { code: ticket.code },
    );
    expect(seen.labels).toEqual([{ name: "New name" }]);
    const { errors } = await admin.client.ask(update, {
      label: { name: "New name" },
      input: { color: "#000000", expectedVersion: 1 },
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: "CONFLICT",
      details: { currentVersion: 2, fieldsChanged: ["name"] },
    });
    expect(await admin.client.code(update, { label: { name: "nowhere" }, input: {} })).toBe("NOT_FOUND");
    expect(await admin.client.code(update, { label: { name: "New name" }, input: { name: "Billing" } })).toBe(
      "ALREADY_EXISTS",
    );
  });

  it("write no change when nothing differs", async () => {
    await admin.client.get(create, { input: { name: "Same", color: "#123456" } });
    const first = await admin.client.get(update, { label: { name: "Same" }, input: { color: "#123456" } });
    expect(await admin.client.get(update, { label: { name: "Same" }, input: { color: "#123456" } })).toEqual(first);
  });

  it("are listed by name, with how many tickets the viewer sees, in as many statements for many as for few", async () => {
    const own = await test.world.organization("Counts");
    const agent = await own.member("Agent");
    const narrow = await own.member({ "ticket.view": "ASSIGNED" });
    const [b, a] = [await own.label("bravo"), await own.label("Alpha")];
    await own.ticket({ labelIds: [a, b] });
    await own.ticket({ labelIds: [a], assignee: narrow });
    const list = "{ labels { name ticketCount } }";
    expect((await agent.client.get(list)).labels).toEqual([
      { name: "Alpha", ticketCount: 2 },
      { name: "bravo", ticketCount: 1 },
    ]);
    expect((await narrow.client.get(list)).labels).toEqual([
      { name: "Alpha", ticketCount: 1 },
      { name: "bravo", ticketCount: 0 },
    ]);
    const few = test.lastStatements();
    for (let index = 0; index < 20; index++) await own.label();
    await narrow.client.get(list);
    expect(test.lastStatements()).toBeLessThanOrEqual(few);
  });

  it("are managed by managers, not by agents", async () => {
    const agent = await acme.member("Agent");
    expect(await agent.client.code(create, { input: { name: "x", color: "#000000" } })).toBe("FORBIDDEN");
    expect(
      await (await acme.member("Manager")).client.code(create, { input: { name: "By a manager", color: "#000000" } }),
    ).toBeNull();
  });
});

describe("roles and permissions", () => {
  it("are listed: built-in roles first, grants for who manages the team only", async () => {
    const custom = await acme.role({ "ticket.view": "ASSIGNED", "note.view": true }, "Contractor");
    const { roles } = await admin.client.get("{ roles { name isBuiltIn grants { permission reach } } }");
    expect(roles.map(({ name }: { name: string }) => name).slice(0, 4)).toEqual([
      "Admin",
      "Agent",
      "Manager",
      "Viewer",
    ]);
    expect(roles.find(({ name }: { name: string }) => name === "Contractor")).toMatchObject({
      isBuiltIn: false,
      grants: expect.arrayContaining([
        { permission: "TICKET_VIEW", reach: "ASSIGNED" },
        { permission: "NOTE_VIEW", reach: null },
      ]),
    });
    const agent = await acme.member("Agent");
    expect(
      (
        await agent.client.get("query ($by: RoleRef!) { role(by: $by) { name grants { permission } } }", {
          by: { id: acme.globalId("Role", custom) },
        })
      ).role,
    ).toEqual({ name: "Contractor", grants: null });
  });

  it("say what the viewer may grant: nothing that it doesn't hold", async () => {
    const lead = await acme.member({ "ticket.view": "ALL", "team.manage": true });
    const ask = "{ permissions { name group takesReach isGrantableByViewer } }";
    const { permissions } = await lead.client.get(ask);
    expect(permissions).toHaveLength(19);
    expect(
      permissions
        .filter(({ isGrantableByViewer }: { isGrantableByViewer: boolean }) => isGrantableByViewer)
        .map(({ name }: { name: string }) => name),
    ).toEqual(["TICKET_VIEW", "TEAM_MANAGE"]);
    const agent = await acme.member("Agent");
    expect(
      (await agent.client.get(ask)).permissions.some(
        ({ isGrantableByViewer }: { isGrantableByViewer: boolean }) => isGrantableByViewer,
      ),
    ).toBe(false);
  });
});

/** The documents of a frontend's screens: each one request for every role, and not more statements with more rows. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person, RoleName, TicketHandle } from "../testkit/world.ts";

const folder = path.resolve(import.meta.dirname, "../../../sdk/src/operations/screens");
const screens = readdirSync(folder).map((file) => ({
  name: file.replace(".graphql", ""),
  text: readFileSync(path.join(folder, file), "utf8"),
}));

/** The most statements that each may send, the sign-in check included. */
const most: Record<string, number> = {
  "queue-bar": 4,
  "ticket-list": 4,
  "ticket-thread": 17,
  contacts: 5,
  contact: 4,
  companies: 5,
  company: 5,
  labels: 3,
  team: 5,
  "roles-editor": 4,
  invitations: 5,
  "organization-settings": 2,
  trash: 3,
  profile: 3,
  "time-sheet": 9,
  "time-report": 4,
};

let test: TestServer;
const people = {} as Record<RoleName, Person>;
let ticket: TicketHandle;
const roles: RoleName[] = ["Admin", "Manager", "Agent", "Viewer"];

/** An organization with `size` of everything that a screen lists. */
async function furnish(
  size: number,
): Promise<{ organization: OrganizationWorld; ticket: TicketHandle; admin: Person }> {
  const organization = await test.world.organization(`Screens ${size}`);
  const admin = await organization.member("Admin");
  const company = await organization.company("Acme", ["acme.test"]);
  const contact = await organization.contact("main@acme.test", "Main");
  const labels = [];
  for (let index = 0; index < size; index++) {
    const label = await organization.label();
    labels.push(label);
    await organization.company();
    await organization.contact(`person${index}@acme.test`);
    await organization.member("Agent");
    await organization.invitation();
    await organization.role({ "ticket.view": "ALL" });
    const one = await organization.ticket({ contact, companyId: company, labelIds: [label], assignee: admin });
    await admin.client.get(
      "mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 5 }) { cursor } }",
      { code: one.code },
    );
    if (index % 2)
      await admin.client.get(
        "mutation ($code: String!) { ticketDelete(ticket: { code: $code }) { deletedTicketId } }",
        { code: one.code },
      );
    await test.world.session(admin.userId);
  }
  const thread = await organization.ticket({ contact, companyId: company, assignee: admin, labelIds: labels });
  const ask = (field: string, input: string) =>
    admin.client.get(
      `mutation ($code: String!) { ${field}(ticket: { code: $code }, input: { ${input} }) { cursor } }`,
      {
        code: thread.code,
      },
    );
  for (let index = 0; index < size; index++) {
    await ask("ticketReply", `bodyText: "Reply ${index}", status: PENDING`);
    await ask("ticketNoteAdd", `bodyText: "Note ${index}"`);
    await ask("timeEntryCreate", `duration: ${index + 1}`);
    await ask("messageReceive", `bodyText: "Answer ${index}"`);
    await ask("ticketUpdate", `subject: "Subject ${index}", priority: ${["LOW", "HIGH"][index % 2]}`);
    await ask("ticketAssign", `assignee: ${index % 2 ? "{ isMe: true }" : "null"}`);
    await ask(
      "ticketLabelsUpdate",
      `removeLabels: [{ id: "${organization.globalId("Label", labels[index] as string)}" }]`,
    );
    await ask("ticketParticipantsUpdate", `addParticipants: [{ person: { email: "p${index}@mail.test" } }]`);
  }
  return { organization, ticket: thread, admin };
}

let few: Awaited<ReturnType<typeof furnish>>;
let many: Awaited<ReturnType<typeof furnish>>;

beforeAll(async () => {
  test = await startTestServer();
  few = await furnish(2);
  many = await furnish(12);
  ticket = many.ticket;
  for (const role of roles) people[role] = await many.organization.member(role);
}, 120_000);
afterAll(() => test.close());

const variables = (its: { ticket: TicketHandle }): Record<string, Record<string, unknown>> => ({
  "ticket-thread": { by: { code: its.ticket.code } },
  contact: { by: { email: "main@acme.test" } },
  company: { by: { domain: "acme.test" } },
});

describe.each(screens.map(({ name, text }) => [name, text] as const))("the screen %s", (name, text) => {
  it.each(roles)("is one request without errors for the role %s", async (role) => {
    const { errors, data } = await people[role].client.ask(text, variables({ ticket })[name] ?? {});
    expect(errors, errors[0]?.message).toEqual([]);
    expect(data).not.toBeNull();
  });

  it("sends no more statements with more rows, and no more than its most", async () => {
    const count = async (its: typeof few) => {
      // Loads that fall into one turn of the loop are one statement; on a busy machine one may come a turn late.
      let fewest = Number.POSITIVE_INFINITY;
      for (let turn = 0; turn < 5; turn++) {
        await its.admin.client.get(text, variables(its)[name] ?? {});
        fewest = Math.min(fewest, test.lastStatements());
      }
      return fewest;
    };
    const [withFew, withMany] = [await count(few), await count(many)];
    console.log(`${name}: ${withMany} statements`);
    expect(withMany).toBeLessThanOrEqual(withFew);
    expect(withMany).toBeLessThanOrEqual(most[name] as number);
  });
});

it("every screen has its most statements, and every most a screen", () => {
  expect(Object.keys(most).sort()).toEqual(screens.map(({ name }) => name).sort());
});

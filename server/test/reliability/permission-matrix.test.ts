/** G3: every field with every permission alone, and every reach. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Permission,
  permissionEnumValue,
  permissionNames,
  permissions,
  type Reach,
  reaches,
} from "../../src/access/permissions.ts";
import type { Client } from "../testkit/client.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { GrantList, OrganizationWorld, Person, TicketHandle } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let admin: Person;
let colleague: Person;
let counter = 0;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  admin = await acme.member("Admin");
  colleague = await acme.member("Agent");
});
afterAll(() => test.close());

/** Does what needs the permission (on this ticket, where it takes a reach); whether it was let in. */
type Probe = (client: Client, ticket: TicketHandle) => Promise<boolean>;

const allowed = (query: string): Probe => {
  return async (client, { code }) => {
    const { errors } = await client.ask(query.replaceAll("$code", code).replaceAll("$n", String(++counter)));
    const codes = errors.map(({ extensions }) => extensions.code);
    expect(
      codes.every((one) => one === "FORBIDDEN" || one === "NOT_FOUND"),
      `${query}: ${errors[0]?.message}`,
    ).toBe(true);
    return codes.length === 0;
  };
};
const onTicket = (mutation: string) =>
  allowed(`mutation { ${mutation.replace("ticket:", 'ticket: { code: "$code" }')} { cursor } }`);
/** What has no operation yet: its right is asked as a frontend asks it. */
const can =
  (permission: Permission): Probe =>
  async (client, { id }) => {
    const on = permissions[permission].takesReach ? `, on: "${id}"` : "";
    return (await client.get(`{ viewer { can(permission: ${permissionEnumValue(permission)}${on}) } }`)).viewer.can;
  };

const probes: Record<Permission, Probe> = {
  "ticket.view": allowed('{ ticket(by: { code: "$code" }) { id } }'),
  "ticket.create": allowed(
    'mutation { ticketCreate(input: { subject: "x", contact: { person: { email: "m$n@mail.test" } } }) { cursor } }',
  ),
  "ticket.reply": onTicket('ticketReply(ticket:, input: { bodyText: "x", assign: false })'),
  "ticket.update": onTicket('ticketUpdate(ticket:, input: { subject: "x $n" })'),
  "ticket.assign": onTicket("ticketAssign(ticket:, input: { assignee: null })"),
  "ticket.delete": allowed('mutation { ticketDelete(ticket: { code: "$code" }) { deletedTicketId } }'),
  "note.view": async (client, { code }) => {
    const query = `{ ticket(by: { code: "${code}" }) { messages(visibility: INTERNAL) { totalCount } } }`;
    return ((await client.ask(query)).data?.ticket?.messages.totalCount ?? 0) > 0;
  },
  "note.write": onTicket('ticketNoteAdd(ticket:, input: { bodyText: "x" })'),
  "contact.view": allowed("{ contacts { totalCount } }"),
  "contact.manage": allowed('mutation { contactCreate(input: { name: "x", email: "c$n@mail.test" }) { cursor } }'),
  "label.manage": allowed('mutation { labelCreate(input: { name: "l$n", color: "#3b82f6" }) { cursor } }'),
  "view.manage": can("view.manage"),
  "time.log": onTicket("timerStart(ticket:)"),
  "time.manage": (client, ticket) =>
    allowed(
      `mutation { timeEntryCreate(ticket: { code: "$code" }, input: { duration: 5, member: { id: "${colleague.id}" } }) { cursor } }`,
    )(client, ticket),
  "report.view": async (client, { code }) => {
    await admin.client.get(
      "mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 5 }) { cursor } }",
      { code },
    );
    const report =
      "query ($code: String!) { timeReport(filter: { ticketCode: { eq: $code } }) { totals { minutes } } }";
    return (await client.get(report, { code })).timeReport.totals.minutes > 0;
  },
  "mailbox.manage": can("mailbox.manage"),
  "team.manage": allowed('mutation { roleCreate(input: { name: "r$n", grants: [] }) { cursor } }'),
  "organization.manage": allowed("mutation { organizationUpdate(input: { reopenWithinDays: 7 }) { cursor } }"),
  "integration.manage": allowed("{ apiKeys { id } }"),
};

/** Whose tickets a reach covers. */
const covered: Record<Reach, string[]> = {
  ALL: ["mine", "nobody's", "a colleague's"],
  AVAILABLE: ["mine", "nobody's"],
  ASSIGNED: ["mine"],
};
const owners = covered.ALL;

function fresh(owner: string, me: Person): Promise<TicketHandle> {
  const assignee = { mine: me, "nobody's": null, "a colleague's": colleague }[owner] as Person | null;
  return acme.ticket({ assignee, messages: ["hello", "note:between us"] });
}

async function expectCell(me: Person, permission: Permission, reach: Reach | null, view: Reach | null): Promise<void> {
  for (const owner of permissions[permission].takesReach ? owners : ["mine"]) {
    const isSeen = view !== null && covered[view].includes(owner);
    const isHeld = reach === null ? false : covered[reach].includes(owner) && isSeen;
    expect(await probes[permission](me.client, await fresh(owner, me)), `${permission} on ${owner}`).toBe(isHeld);
  }
}

describe.each(permissionNames)("a custom role with %s alone", (permission) => {
  const { takesReach } = permissions[permission];
  const needsTicket = takesReach || ["note.view", "report.view"].includes(permission);

  it("does that, and nothing else", async () => {
    const grants: GrantList = {
      ...(needsTicket ? { "ticket.view": "ALL" } : {}),
      [permission]: takesReach ? "ALL" : true,
    };
    const me = await acme.member(grants);
    for (const other of permissionNames) {
      const isHeld = other === permission || (needsTicket && other === "ticket.view");
      const ticket = await fresh("mine", me);
      expect(await probes[other](me.client, ticket), `${other} with ${permission}`).toBe(isHeld);
    }
  });

  if (takesReach)
    it.each(reaches)("reaches as far as %s says, and never further than ticket.view", async (reach) => {
      await expectCell(await acme.member({ "ticket.view": reach, [permission]: reach }), permission, reach, reach);
      if (permission !== "ticket.view")
        await expectCell(await acme.member({ "ticket.view": "ALL", [permission]: reach }), permission, reach, "ALL");
    });
});

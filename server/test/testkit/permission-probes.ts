/** What each permission lets someone do, tried through the API: on tickets of their own, of nobody and of a colleague. */
import { expect } from "vitest";
import { type Permission, permissionEnumValue, permissions, type Reach } from "../../src/access/permissions.ts";
import type { Client } from "./client.ts";
import type { OrganizationWorld, Person, TicketHandle } from "./world.ts";

/** An organization with an admin, and a member whose tickets are a colleague's to everyone else. */
interface Setting {
  acme: OrganizationWorld;
  admin: Person;
  colleague: Person;
}

/** Does what needs the permission (on this ticket, where it takes a reach); whether it was let in. */
type Probe = (client: Client, ticket: TicketHandle) => Promise<boolean>;

let counter = 0;
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

const probesOf = ({ admin, colleague }: Setting): Record<Permission, Probe> => ({
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
});

type Owner = "mine" | "nobody's" | "a colleague's";

/** Whose tickets a reach covers. */
const covered: Record<Reach, Owner[]> = {
  ALL: ["mine", "nobody's", "a colleague's"],
  AVAILABLE: ["mine", "nobody's"],
  ASSIGNED: ["mine"],
};
const owners = covered.ALL;

export class PermissionProbes {
  readonly #setting: Setting;
  readonly #probes: Record<Permission, Probe>;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#probes = probesOf(setting);
  }

  /** Whether the person is let in to what the permission is for, on a new ticket of that owner. */
  async isLetIn(me: Person, permission: Permission, owner: Owner = "mine"): Promise<boolean> {
    const assignee = { mine: me, "nobody's": null, "a colleague's": this.#setting.colleague }[owner];
    const ticket = await this.#setting.acme.ticket({ assignee, messages: ["hello", "note:between us"] });
    return this.#probes[permission](me.client, ticket);
  }

  /** Fails unless the person reaches exactly the tickets that the permission's reach and that of ticket.view cover. */
  async expectCell(me: Person, permission: Permission, reach: Reach | null, view: Reach | null): Promise<void> {
    for (const owner of permissions[permission].takesReach ? owners : (["mine"] as const)) {
      const isSeen = view !== null && covered[view].includes(owner);
      const isHeld = reach === null ? false : covered[reach].includes(owner) && isSeen;
      expect(await this.isLetIn(me, permission, owner), `${permission} on ${owner}`).toBe(isHeld);
    }
  }
}

/** Valid variables for every root field: an operation without a fixture fails the security suite. */
import type { OrganizationWorld, Person, TicketHandle, World } from "./world.ts";

/** One organization with something of everything. */
export interface Furnished {
  organization: OrganizationWorld;
  admin: Person;
  agent: Person;
  ticket: TicketHandle;
  contact: { id: string; email: string; externalId: string };
  company: { id: string; domain: string };
  label: { id: string; name: string };
  message: string;
  role: { id: string; name: string };
  apiKey: string;
  invitation: { id: string; token: string };
  timeEntry: string;
  pageCursor: string;
  changeCursor: string;
}

/** Words that are looked up (`key`) and words that only this organization may see (`secret`). */
export async function furnish(world: World, key: string, secret: string): Promise<Furnished> {
  const organization = await world.organization(`${secret} org`);
  const admin = await organization.member("Admin");
  const agent = await organization.member("Agent");
  const domain = `${key}.test`;
  const companyId = await organization.company(`${secret} company`, [domain]);
  const email = `customer@${domain}`;
  const contactId = await organization.contact(email, `${secret} contact`);
  const labelId = await organization.label(`${key} label`);
  const roleId = await organization.role({ "ticket.view": "ALL" }, `${key} role`);
  const ticket = await organization.ticket({
    subject: `${secret} subject`,
    contact: contactId,
    companyId,
    assignee: agent,
    labelIds: [labelId],
    messages: [`${secret} body`, `note:${secret} note`],
  });
  await organization.ticket({ subject: `${secret} second`, contact: contactId });
  await organization.write(async ({ tx }) => {
    await tx.ticket.updateMany({ where: { id: ticket.uuid }, data: { externalId: `${key} external` } });
    await tx.contact.updateMany({ where: { id: contactId }, data: { externalId: `${key} external` } });
    return {};
  });
  const apiKey = await organization.apiKey("Viewer");
  const { memberInvite } = await admin.client.get(
    "mutation ($input: MemberInviteInput!) { memberInvite(input: $input) { token invitation { id } } }",
    { input: { email: `invited-${secret}@${domain}`, role: { name: "Viewer" } } },
  );
  const { timeEntryCreate } = await agent.client.get(
    "mutation ($code: String!, $text: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 30, description: $text }) { timeEntry { id } } }",
    { code: ticket.code, text: `${secret} work` },
  );
  const seen = await admin.client.get(
    "query ($code: String!) { tickets(first: 1) { asOf pageInfo { endCursor } } ticket(by: { code: $code }) { messages { nodes { id } } } }",
    { code: ticket.code },
  );
  const { globalId } = organization;
  return {
    organization,
    admin,
    agent,
    ticket,
    contact: { id: globalId("Contact", contactId), email, externalId: `${key} external` },
    company: { id: globalId("Company", companyId), domain },
    label: { id: globalId("Label", labelId), name: `${key} label` },
    message: seen.ticket.messages.nodes[0].id,
    role: { id: globalId("Role", roleId), name: `${key} role` },
    apiKey: apiKey.id,
    invitation: { id: memberInvite.invitation.id, token: memberInvite.token },
    timeEntry: timeEntryCreate.timeEntry.id,
    pageCursor: seen.tickets.pageInfo.endCursor,
    changeCursor: seen.tickets.asOf,
  };
}

export type Variables = Record<string, unknown>;
type Fixture = (its: Furnished) => Variables | Promise<Variables>;

export const queryFixtures: Record<string, Fixture> = {
  viewer: () => ({}),
  organization: () => ({}),
  node: (its) => ({ id: its.ticket.id }),
  nodes: (its) => ({
    ids: [
      its.ticket.id,
      its.contact.id,
      its.company.id,
      its.label.id,
      its.message,
      its.role.id,
      its.admin.id,
      its.timeEntry,
    ],
  }),
  ticket: (its) => ({ by: { id: its.ticket.id } }),
  tickets: () => ({
    filter: { status: { in: ["OPEN"] } },
    orderBy: { field: "LAST_ACTIVITY_AT", direction: "DESC" },
    first: 10,
  }),
  message: (its) => ({ by: { id: its.message } }),
  contact: (its) => ({ by: { id: its.contact.id } }),
  contacts: () => ({ first: 10 }),
  company: (its) => ({ by: { domain: its.company.domain } }),
  companies: () => ({ first: 10 }),
  member: (its) => ({ by: { id: its.agent.id } }),
  members: () => ({ first: 10 }),
  apiKeys: () => ({}),
  label: (its) => ({ by: { name: its.label.name } }),
  labels: () => ({}),
  sessions: () => ({}),
  role: (its) => ({ by: { id: its.role.id } }),
  roles: () => ({}),
  permissions: () => ({}),
  invitation: (its) => ({ token: its.invitation.token }),
  invitations: () => ({ first: 10 }),
  timeEntries: (its) => ({ filter: { id: { in: [its.timeEntry] } }, first: 10 }),
  runningTimer: () => ({}),
  changes: async (its) => ({
    after: (await its.admin.client.get("{ tickets(first: 1) { asOf } }")).tickets.asOf,
    first: 50,
  }),
  timeReport: (its) => ({ filter: { id: { eq: its.timeEntry } }, groupBy: ["MEMBER", "MONTH"] }),
};

let counter = 0;

/** Something fresh of the organization, for an operation that uses it up. */
const fresh = {
  contact: async ({ organization }: Furnished) => ({
    id: organization.globalId("Contact", await organization.contact()),
  }),
  company: async ({ organization }: Furnished) => ({
    id: organization.globalId("Company", await organization.company()),
  }),
  label: async ({ organization }: Furnished) => ({ id: organization.globalId("Label", await organization.label()) }),
  ticket: async ({ organization, agent }: Furnished) => ({ id: (await organization.ticket({ assignee: agent })).id }),
  trashed: async (its: Furnished) => {
    const ticket = await its.organization.ticket({ assignee: its.agent });
    await its.organization.write(async ({ tx, now }) => {
      await tx.ticket.updateMany({ where: { id: ticket.uuid }, data: { deletedAt: now } });
      return {};
    });
    return { id: ticket.id };
  },
  member: async ({ organization }: Furnished) => ({ id: (await organization.member("Agent")).id }),
  role: async ({ organization }: Furnished) => ({
    id: organization.globalId("Role", await organization.role({ "ticket.view": "ALL" })),
  }),
  invitation: async ({ organization }: Furnished) => (await organization.invitation()).id,
  invoice: async (its: Furnished): Promise<string> => {
    const id = await fresh.timeEntry(its);
    const reference = `R-${++counter}`;
    const invoice = (input: object) =>
      its.admin.client.get(
        "mutation ($input: TimeEntriesInvoiceInput!) { timeEntriesInvoice(input: $input) { summary { entryCount amounts { amount currency } } } }",
        { input: { ids: [id], reference, ...input } },
      );
    await its.admin.client.get('mutation ($id: ID!) { timeEntryUpdate(id: $id, input: { rate: "60" }) { cursor } }', {
      id,
    });
    const { summary } = (await invoice({ dryRun: true })).timeEntriesInvoice;
    await invoice({ expected: { count: summary.entryCount, amounts: summary.amounts } });
    return reference;
  },
  timeEntry: async ({ agent, ticket }: Furnished): Promise<string> => {
    const { timeEntryCreate } = await agent.client.get(
      'mutation ($code: String!) { timeEntryCreate(ticket: { code: $code }, input: { duration: 15, description: "fresh" }) { timeEntry { id } } }',
      { code: ticket.code },
    );
    return timeEntryCreate.timeEntry.id;
  },
};

export const mutationFixtures: Record<string, Fixture> = {
  signIn: (its) => ({ input: { email: its.agent.email, password: its.agent.password } }),
  refreshSession: () => ({ input: { refreshToken: "tkr_unknown" } }),
  signOut: () => ({}),
  sessionRevoke: () => ({ id: "session_01h455vb4pex5vsknk084sn02q" }),
  sessionsRevokeAll: () => ({}),
  passwordChange: () => ({ input: { currentPassword: "wrong", newPassword: "a long enough one" } }),
  organizationCreate: () => ({
    input: { name: "Further", ticketPrefix: `F${(++counter).toString(36)}X${process.pid.toString(36)}`.slice(0, 10) },
  }),
  organizationUpdate: () => ({ input: { reopenWithinDays: 14 } }),
  ticketCreate: (its) => ({ input: { subject: "Probe", contact: { id: its.contact.id }, description: "Hello" } }),
  ticketReply: (its) => ({ ticket: { id: its.ticket.id }, input: { bodyText: "Hello", status: "PENDING" } }),
  ticketNoteAdd: (its) => ({ ticket: { id: its.ticket.id }, input: { bodyText: "Hello" } }),
  ticketAssign: (its) => ({ ticket: { id: its.ticket.id }, input: { assignee: { id: its.agent.id } } }),
  ticketStatusSet: (its) => ({ ticket: { id: its.ticket.id }, input: { status: "OPEN" } }),
  ticketUpdate: (its) => ({ ticket: { id: its.ticket.id }, input: { subject: "Probe" } }),
  contactCreate: () => ({ input: { name: "Probe", email: `probe${++counter}@mail.test` } }),
  contactUpdate: (its) => ({ contact: { id: its.contact.id }, input: { notes: "Probe" } }),
  labelCreate: () => ({ input: { name: `Probe ${++counter}`, color: "#3B82F6" } }),
  contactUpsert: () => ({ input: { email: `upsert${++counter}@mail.test`, name: "Probe" } }),
  contactsUpsert: () => ({ input: [{ externalId: `upsert-${++counter}`, email: `upsert${counter}@mail.test` }] }),
  contactMerge: async (its) => ({ contact: await fresh.contact(its), into: { id: its.contact.id } }),
  contactDelete: async (its) => ({ contact: await fresh.contact(its) }),
  contactAnonymize: async (its) => ({ contact: await fresh.contact(its) }),
  companyCreate: () => ({ input: { name: "Probe", domains: [`probe${++counter}.test`] } }),
  companyUpdate: (its) => ({ company: { id: its.company.id }, input: { notes: "Probe" } }),
  companyUpsert: () => ({ input: { externalId: `upsert-${++counter}`, name: "Probe" } }),
  companiesUpsert: () => ({ input: [{ domains: [`upsert${++counter}.test`], name: "Probe" }] }),
  companyMerge: async (its) => ({ company: await fresh.company(its), into: { id: its.company.id } }),
  companyArchive: async (its) => ({ company: await fresh.company(its), isArchived: true }),
  companyDelete: async (its) => ({ company: await fresh.company(its) }),
  messageReceive: (its) => ({ ticket: { id: its.ticket.id }, input: { bodyText: "Hello" } }),
  ticketLabelsUpdate: (its) => ({ ticket: { id: its.ticket.id }, input: { addLabels: [{ name: its.label.name }] } }),
  ticketParticipantsUpdate: (its) => ({
    ticket: { id: its.ticket.id },
    input: { addParticipants: [{ person: { email: "participant@mail.test" } }] },
  }),
  ticketsBulkUpdate: async (its) => ({ tickets: [await fresh.ticket(its)], input: { priority: "HIGH" } }),
  ticketMerge: async (its) => ({ ticket: await fresh.ticket(its), into: { id: its.ticket.id } }),
  ticketDelete: async (its) => ({ ticket: await fresh.ticket(its) }),
  ticketRestore: async (its) => ({ ticket: await fresh.trashed(its) }),
  labelMerge: async (its) => ({ label: await fresh.label(its), into: { id: its.label.id } }),
  labelDelete: async (its) => ({ label: await fresh.label(its) }),
  memberAdd: () => ({
    input: {
      name: "Probe",
      email: `probe${++counter}@members.test`,
      password: "a long enough one",
      role: { name: "Viewer" },
    },
  }),
  memberUpdate: (its) => ({ member: { id: its.agent.id }, input: {} }),
  memberRemove: async (its) => ({ member: await fresh.member(its), input: {} }),
  viewerUpdate: () => ({ input: {} }),
  memberInvite: () => ({ input: { email: `probe${++counter}@invited.test`, role: { name: "Viewer" } } }),
  invitationResend: async (its) => ({ id: await fresh.invitation(its) }),
  invitationRevoke: async (its) => ({ id: await fresh.invitation(its) }),
  invitationAccept: () => ({ input: { token: "tki_unknown", name: "Probe", password: "a long enough one" } }),
  roleCreate: () => ({
    input: { name: `Probe ${++counter}`, grants: [{ permission: "TICKET_VIEW", reach: "ASSIGNED" }] },
  }),
  roleUpdate: (its) => ({ role: { id: its.role.id }, input: { description: "Probe" } }),
  roleDelete: async (its) => ({ role: await fresh.role(its), input: {} }),
  labelUpdate: (its) => ({ label: { id: its.label.id }, input: { description: "Probe" } }),
  apiKeyCreate: () => ({ input: { name: "Probe", role: { name: "Viewer" } } }),
  apiKeyRevoke: (its) => ({ id: its.apiKey }),
  timeEntryCreate: (its) => ({
    ticket: { id: its.ticket.id },
    input: { duration: "15m", member: { id: its.agent.id } },
  }),
  timeEntryUpdate: (its) => ({ id: its.timeEntry, input: { description: "Probe" } }),
  timeEntryDelete: async (its) => ({ id: await fresh.timeEntry(its) }),
  timerStart: (its) => ({ ticket: { id: its.ticket.id }, input: { description: "Probe" } }),
  timerStop: () => ({ input: { description: "Probe" } }),
  timerDiscard: () => ({}),
  timeEntriesInvoice: (its) => ({ input: { ids: [its.timeEntry], reference: "R-1", dryRun: true } }),
  timeEntriesUninvoice: async (its) => ({ input: { reference: await fresh.invoice(its), reason: "Probe" } }),
  timeEntriesReprice: (its) => ({ input: { ids: [its.timeEntry], dryRun: true } }),
};

/** Operations that work without an organization: their answers contain no tenant's data. */
export const withoutOrganization = [
  "signIn",
  "refreshSession",
  "signOut",
  "sessions",
  "sessionRevoke",
  "sessionsRevokeAll",
  "passwordChange",
  "organizationCreate",
  "invitation",
  "invitationAccept",
];

/**
 * What an answer to us must not contain: `secret`, a word that only they have, or a row of theirs. (An id that a
 * probe wrote into a subject comes back as that subject, and leaks nothing.)
 */
export function leakIn(answer: string, theirs: Furnished, secret: string): string | null {
  const ids = [
    theirs.ticket.id,
    theirs.contact.id,
    theirs.company.id,
    theirs.label.id,
    theirs.message,
    theirs.role.id,
    theirs.admin.id,
    theirs.agent.id,
    theirs.apiKey,
    theirs.invitation.id,
    theirs.organization.id,
  ];
  return [secret, ...ids.map((id) => `"id":"${id}"`)].find((word) => answer.includes(word)) ?? null;
}

/** An example of each method. They are compiled, and stand in the methods' comments. */
import type { Tiketti } from "../src/index.ts";

declare function show(...what: unknown[]): void;
declare const signal: AbortSignal;
declare const token: string;
declare const lastCursor: string;

export const examples = (tiketti: Tiketti) => ({
  "tickets.list": async () => {
    for await (const ticket of tiketti.tickets.list({ filter: { status: { eq: "OPEN" } } }))
      show(ticket.code, ticket.subject);
  },
  "tickets.get": () => tiketti.tickets.get({ code: "ACME-42" }),
  "tickets.create": () =>
    tiketti.tickets.create({
      subject: "The lamp flickers",
      contact: { person: { name: "Ada Byron", email: "ada@example.com" } },
      description: "Since yesterday, every few minutes.",
    }),
  "tickets.update": () => tiketti.tickets.update({ ticket: { code: "ACME-42" }, priority: "HIGH" }),
  "tickets.reply": () =>
    tiketti.tickets.reply({ ticket: { code: "ACME-42" }, body: "Please try another bulb.", status: "RESOLVED" }),
  "tickets.addNote": () => tiketti.tickets.addNote({ ticket: { code: "ACME-42" }, body: "She has called twice." }),
  "tickets.receive": () =>
    tiketti.tickets.receive({
      ticket: { code: "ACME-42" },
      body: "It still flickers.",
      from: { email: "ada@example.com" },
    }),
  "tickets.assign": () =>
    tiketti.tickets.assign({ ticket: { code: "ACME-42" }, assignee: { email: "mara@example.com" } }),
  "tickets.setStatus": () => tiketti.tickets.setStatus({ ticket: { code: "ACME-42" }, status: "CLOSED" }),
  "tickets.updateLabels": () =>
    tiketti.tickets.updateLabels({ ticket: { code: "ACME-42" }, addLabels: [{ name: "VIP" }] }),
  "tickets.updateParticipants": () =>
    tiketti.tickets.updateParticipants({
      ticket: { code: "ACME-42" },
      addParticipants: [{ email: "bob@example.com" }],
    }),
  "tickets.bulkUpdate": () =>
    tiketti.tickets.bulkUpdate({ tickets: [{ code: "ACME-42" }, { code: "ACME-43" }], status: "CLOSED" }),
  "tickets.merge": () => tiketti.tickets.merge({ ticket: { code: "ACME-43" }, into: { code: "ACME-42" } }),
  "tickets.delete": () => tiketti.tickets.delete({ ticket: { code: "ACME-42" } }),
  "tickets.restore": () => tiketti.tickets.restore({ ticket: { code: "ACME-42" } }),
  "tickets.messages": async () => {
    for await (const message of tiketti.tickets.messages({ ticket: { code: "ACME-42" } }))
      show(message.author.name, message.bodyText);
  },
  "tickets.timeline": async () => {
    for await (const item of tiketti.tickets.timeline({ ticket: { code: "ACME-42" }, kinds: ["STATUS", "MESSAGE"] }))
      show(item);
  },
  "tickets.changes": async () => {
    const open = { status: { eq: "OPEN" } } as const;
    const page = await tiketti.tickets.list({ filter: open });
    for await (const change of tiketti.tickets.changes({ filter: open, after: page.asOf, signal })) {
      if (change.type === "RESET") show(await change.snapshot());
      else show(change.setChange, change.ticketId, change.ticket?.subject);
    }
  },
  "tickets.activity": async () => {
    for await (const change of tiketti.tickets.activity({ ticket: { code: "ACME-42" }, signal }))
      if (change.type === "CHANGE") show(change.kinds, change.message?.bodyText);
  },
  "tickets.messageChanges": async () => {
    for await (const change of tiketti.tickets.messageChanges({ ticket: { code: "ACME-42" }, signal }))
      if (change.type === "CHANGE") show(change.message);
  },
  "tickets.counts": async () => {
    for await (const change of tiketti.tickets.counts({ signal })) if (change.type === "CHANGE") show(change.queues);
  },
  "contacts.list": () =>
    tiketti.contacts.list({ filter: { company: { name: { eq: "Nordlicht" } } } }).toArray({ limit: 500 }),
  "contacts.get": () => tiketti.contacts.get({ email: "ada@example.com" }),
  "contacts.create": () => tiketti.contacts.create({ name: "Ada Byron", email: "ada@example.com" }),
  "contacts.update": () => tiketti.contacts.update({ contact: { email: "ada@example.com" }, phone: "+49 30 123456" }),
  "contacts.upsert": () =>
    tiketti.contacts.upsert({ externalId: "crm-7", name: "Ada Byron", email: "ada@example.com" }),
  "contacts.upsertMany": () =>
    tiketti.contacts.upsertMany([{ externalId: "crm-7", name: "Ada Byron", email: "ada@example.com" }]),
  "contacts.merge": () =>
    tiketti.contacts.merge({ contact: { email: "ada@old.example" }, into: { email: "ada@example.com" } }),
  "contacts.delete": () => tiketti.contacts.delete({ contact: { email: "ada@example.com" } }),
  "contacts.anonymize": () => tiketti.contacts.anonymize({ contact: { email: "ada@example.com" } }),
  "companies.list": () => tiketti.companies.list().toArray(),
  "companies.get": () => tiketti.companies.get({ domain: "nordlicht.example" }),
  "companies.create": () =>
    tiketti.companies.create({ name: "Nordlicht", domains: ["nordlicht.example"], hourlyRate: "120" }),
  "companies.update": () => tiketti.companies.update({ company: { domain: "nordlicht.example" }, hourlyRate: "130" }),
  "companies.upsert": () => tiketti.companies.upsert({ externalId: "crm-1", name: "Nordlicht" }),
  "companies.upsertMany": () => tiketti.companies.upsertMany([{ externalId: "crm-1", name: "Nordlicht" }]),
  "companies.merge": () => tiketti.companies.merge({ company: { externalId: "crm-2" }, into: { externalId: "crm-1" } }),
  "companies.archive": () => tiketti.companies.archive({ company: { externalId: "crm-1" } }),
  "companies.delete": () => tiketti.companies.delete({ company: { externalId: "crm-1" } }),
  "labels.list": () => tiketti.labels.list(),
  "messages.get": () => tiketti.messages.get({ externalId: "form-8471" }),
  "labels.get": () => tiketti.labels.get({ name: "VIP" }),
  "labels.create": () => tiketti.labels.create({ name: "VIP", color: "#c0392b" }),
  "labels.update": () => tiketti.labels.update({ label: { name: "VIP" }, color: "#27ae60" }),
  "labels.merge": () => tiketti.labels.merge({ label: { name: "Important" }, into: { name: "VIP" } }),
  "labels.delete": () => tiketti.labels.delete({ label: { name: "VIP" } }),
  "members.list": () => tiketti.members.list({ filter: { isActive: true } }).toArray(),
  "members.get": () => tiketti.members.get({ email: "mara@example.com" }),
  "members.add": () =>
    tiketti.members.add({
      name: "Mara Lind",
      email: "mara@example.com",
      password: "a long first password",
      role: { name: "Agent" },
    }),
  "members.update": () => tiketti.members.update({ member: { email: "mara@example.com" }, role: { name: "Manager" } }),
  "members.remove": () =>
    tiketti.members.remove({ member: { email: "mara@example.com" }, reassignTicketsTo: { email: "noor@example.com" } }),
  "invitations.list": () => tiketti.invitations.list().toArray(),
  "invitations.preview": () => tiketti.invitations.preview({ token }),
  "invitations.create": () => tiketti.invitations.create({ email: "noor@example.com", role: { name: "Agent" } }),
  "invitations.resend": () => tiketti.invitations.resend({ id: "invitation_01h455vb4pex5vsknk084sn02q" }),
  "invitations.revoke": () => tiketti.invitations.revoke({ id: "invitation_01h455vb4pex5vsknk084sn02q" }),
  "invitations.accept": () =>
    tiketti.invitations.accept({ token, name: "Noor Haddad", password: "a long password of mine" }),
  "roles.list": () => tiketti.roles.list(),
  "roles.get": () => tiketti.roles.get({ name: "Agent" }),
  "roles.permissions": () => tiketti.roles.permissions(),
  "roles.create": () =>
    tiketti.roles.create({ name: "First level", grants: [{ permission: "TICKET_VIEW", reach: "AVAILABLE" }] }),
  "roles.update": () =>
    tiketti.roles.update({ role: { name: "First level" }, grants: [{ permission: "TICKET_VIEW", reach: "ALL" }] }),
  "roles.delete": () => tiketti.roles.delete({ role: { name: "First level" }, reassignTo: { name: "Agent" } }),
  "time.list": async () => {
    for await (const entry of tiketti.time.list({ filter: { member: { isMe: true } } }))
      show(entry.workedOn, entry.durationMinutes);
  },
  "time.log": () => tiketti.time.log({ ticket: { code: "ACME-42" }, duration: "1h 15m", description: "New bulb" }),
  "time.update": () => tiketti.time.update({ id: "timeentry_01h455vb4pex5vsknk084sn02q", duration: 90 }),
  "time.delete": () => tiketti.time.delete({ id: "timeentry_01h455vb4pex5vsknk084sn02q" }),
  "time.running": () => tiketti.time.running(),
  "time.start": () => tiketti.time.start({ ticket: { code: "ACME-42" } }),
  "time.stop": () => tiketti.time.stop({ description: "New bulb" }),
  "time.discard": () => tiketti.time.discard(),
  "time.report": () => tiketti.time.report({ filter: { isBillable: true }, groupBy: ["COMPANY"] }),
  "time.invoice": () =>
    tiketti.time.invoice({ reference: "2026-117", filter: { company: { name: { eq: "Nordlicht" } } }, dryRun: true }),
  "time.uninvoice": () => tiketti.time.uninvoice({ reference: "2026-117", reason: "Wrong month" }),
  "time.reprice": () => tiketti.time.reprice({ filter: { company: { name: { eq: "Nordlicht" } } }, dryRun: true }),
  "time.changes": async () => {
    for await (const change of tiketti.time.changes({ after: lastCursor, signal }))
      if (change.type === "CHANGE") show(change.setChange, change.timeEntry?.durationMinutes);
  },
  "changes.list": async () => {
    for await (const change of tiketti.changes.list({ after: lastCursor }))
      show(change.cursor, change.kinds, change.subjectId);
  },
  "changes.follow": async () => {
    for await (const change of tiketti.changes.follow({ after: lastCursor, signal }))
      if (change.type === "CHANGE") show(change.kinds, change.subject);
  },
  "apiKeys.list": () => tiketti.apiKeys.list(),
  "apiKeys.create": () => tiketti.apiKeys.create({ name: "CRM sync", role: { name: "Manager" } }),
  "apiKeys.revoke": () => tiketti.apiKeys.revoke({ id: "apikey_01h455vb4pex5vsknk084sn02q" }),
  "sessions.list": () => tiketti.sessions.list(),
  "sessions.signIn": () => tiketti.sessions.signIn({ email: "mara@example.com", password: "what she chose" }),
  "sessions.refresh": () => tiketti.sessions.refresh({ refreshToken: token }),
  "sessions.signOut": () => tiketti.sessions.signOut(),
  "sessions.changePassword": () =>
    tiketti.sessions.changePassword({ currentPassword: "what she chose", newPassword: "another long one" }),
  "sessions.revoke": () => tiketti.sessions.revoke({ id: "session_01h455vb4pex5vsknk084sn02q" }),
  "sessions.revokeAll": () => tiketti.sessions.revokeAll(),
  "organization.get": () => tiketti.organization.get(),
  "organization.create": () => tiketti.organization.create({ name: "Nordlicht Software", ticketPrefix: "NORD" }),
  "organization.update": () => tiketti.organization.update({ timeZone: "Europe/Berlin" }),
  "viewer.get": () => tiketti.viewer.get(),
  "viewer.update": () => tiketti.viewer.update({ name: "Mara Lind" }),
  "nodes.get": () => tiketti.nodes.get({ id: "ticket_01h455vb4pex5vsknk084sn02q" }),
  "nodes.getMany": () => tiketti.nodes.getMany({ ids: ["ticket_01h455vb4pex5vsknk084sn02q"] }),
});

/** Writes the demo: the story told through the same operations that the API uses, at past times. */
import { randomBytes } from "node:crypto";
import { builtInGrants, effectiveGrants } from "../server/src/access/roles.ts";
import { systemViewer } from "../server/src/access/system-viewer.ts";
import type { Viewer } from "../server/src/access/viewer.ts";
import { apiKeyCreate } from "../server/src/api-keys/api-key.service.ts";
import { type Context, createContext, type Services } from "../server/src/context.ts";
import { companyArchive } from "../server/src/customers/company.service.ts";
import { insertCompany } from "../server/src/customers/company.steps.ts";
import { insertContact } from "../server/src/customers/contact.steps.ts";
import { Work } from "../server/src/db/pool.ts";
import { memberInvite } from "../server/src/invitations/invitation.service.ts";
import { insertLabel } from "../server/src/labels/label.steps.ts";
import { dayIn, fromDate, toDate } from "../server/src/lib/calendar.ts";
import { addDays } from "../server/src/lib/days.ts";
import { newUuid } from "../server/src/lib/uuid.ts";
import { memberUpdate } from "../server/src/members/member.service.ts";
import { insertMember } from "../server/src/members/member.steps.ts";
import { roleCreate } from "../server/src/members/role.service.ts";
import { parseBody } from "../server/src/messages/message.body.ts";
import { insertOrganization } from "../server/src/organizations/organization.steps.ts";
import { receiveMessage } from "../server/src/ticket-actions/ticket.receive.steps.ts";
import {
  ticketAssign,
  ticketLabelsUpdate,
  ticketNoteAdd,
  ticketParticipantsUpdate,
  ticketReply,
  ticketStatusSet,
} from "../server/src/ticket-actions/ticket.service.ts";
import { ticketCreate } from "../server/src/ticket-actions/ticket-create.service.ts";
import { ticketMerge } from "../server/src/ticket-actions/ticket-merge.service.ts";
import { ticketDelete } from "../server/src/ticket-actions/ticket-trash.service.ts";
import { lockTicket } from "../server/src/tickets/ticket.steps.ts";
import { timeEntryCreate } from "../server/src/time-entries/time-entry.service.ts";
import { type InvoicePreview, timeEntriesInvoice } from "../server/src/time-entries/time-entry-invoice.service.ts";
import { timerStart } from "../server/src/time-entries/timer.service.ts";
import { toGlobalId } from "../server/src/wire/ids.ts";
import { type Write, write } from "../server/src/writes/write.ts";
import { type Event, people, type RoleName, type Story, stories, type Tidying } from "./demo.story.ts";

export interface DemoLogins {
  password: string;
  logins: { email: string; roles: string }[];
  apiKey: string;
  apiKeyNote: string;
}

const hourMs = 3_600_000;

export async function writeDemo(services: Services, progress: (line: string) => void): Promise<DemoLogins> {
  const password = randomBytes(6).toString("base64url");
  const passwordHash = await services.passwords.hash(password);
  const users: Record<string, string> = {};
  for (const [key, email] of Object.entries(people)) {
    const name = stories.flatMap(({ members }) => members).find((member) => member.key === key)?.name ?? key;
    const id = await services.database.preTenant.createUser({
      id: newUuid(),
      email,
      name,
      passwordHash,
      isVerified: true,
    });
    if (!id) throw new Error(`The demo's login ${email} exists already.`);
    users[key] = id;
  }
  let apiKey = "";
  for (const [index, story] of stories.entries()) {
    progress(`writing the demo: ${story.name} (${index + 1} of ${stories.length}) …`);
    const told = new Telling(services, story, users);
    await told.tell();
    if (index === 0) apiKey = await told.createApiKey();
  }
  return {
    password,
    logins: Object.entries(people).map(([key, email]) => ({
      email,
      roles: stories
        .flatMap(({ name, members }) =>
          members.filter((m) => m.key === key).map(({ role, customRole }) => `${customRole ?? role} of ${name}`),
        )
        .join(", "),
    })),
    apiKey,
    apiKeyNote: `role Manager in ${stories[0]?.name}`,
  };
}

/** Work on a weekend is told of the Monday after, or of the Friday before where that hasn't come. */
function toWorkday(day: string, today: string): string {
  const date = toDate(day);
  const weekday = date.getUTCDay();
  if (weekday !== 0 && weekday !== 6) return day;
  const monday = fromDate(addDays(date, weekday === 6 ? 2 : 1));
  return monday <= today ? monday : fromDate(addDays(date, weekday === 6 ? -1 : -2));
}

/** One organization's story on its way into the database. */
class Telling {
  readonly #services: Services;
  readonly #story: Story;
  readonly #users: Record<string, string>;
  readonly #organizationId = newUuid();
  readonly #members: Record<string, Viewer> = {};
  readonly #tickets = new Map<string, string>();
  #now = new Date();

  constructor(services: Services, story: Story, users: Record<string, string>) {
    this.#services = { ...services, clock: { now: () => this.#now } };
    this.#story = story;
    this.#users = users;
  }

  async tell(): Promise<void> {
    const start = Date.now();
    this.#now = new Date(start - 60 * 24 * hourMs);
    await this.#asSystem((transaction) => this.#settle(transaction));
    await this.#giveCustomRoles();
    for (const ticket of this.#story.tickets.toSorted((a, b) => b.hoursAgo - a.hoursAgo)) {
      this.#now = new Date(start - ticket.hoursAgo * hourMs);
      const contact = this.#story.contacts.find(({ key }) => key === ticket.from) as Story["contacts"][number];
      const { ids } = await ticketCreate(this.#as(ticket.by), {
        input: {
          subject: ticket.subject,
          contact: { person: { email: contact.email } },
          description: ticket.text,
          priority: ticket.priority,
          labels: ticket.labels?.map((name) => ({ name })),
        },
      });
      for (const event of ticket.events ?? []) {
        this.#now = new Date(this.#now.getTime() + event.after * hourMs);
        await this.#happen((ids as { ticketId: string }).ticketId, contact.email, event);
      }
      this.#tickets.set(ticket.subject, (ids as { ticketId: string }).ticketId);
    }
    await this.#work(start);
    this.#now = new Date(start - hourMs);
    for (const step of this.#story.tidying ?? []) await this.#tidy(step);
  }

  async createApiKey(): Promise<string> {
    this.#now = new Date();
    const { once } = await apiKeyCreate(this.#as("mara"), { input: { name: "Demo key", role: { name: "Manager" } } });
    return (once as { secret: string }).secret;
  }

  async #settle(transaction: Write): Promise<void> {
    const { name, prefix, currency, timeZone, members, labels, companies, contacts } = this.#story;
    await insertOrganization(transaction, { name, ticketPrefix: prefix, defaultCurrency: currency, timeZone });
    const roles = await transaction.tx.role.findMany();
    for (const member of members) {
      const row = await insertMember(transaction, {
        userId: this.#users[member.key] as string,
        name: member.name,
        email: people[member.key] as string,
        roleId: (roles.find((role) => role.name === member.role) as { id: string }).id,
        hourlyRate: member.hourlyRate ?? null,
      });
      this.#members[member.key] = this.#viewer({ kind: "MEMBER", id: row.id, name: row.name }, member.role, row.userId);
    }
    for (const label of labels) await insertLabel(transaction, label);
    for (const company of companies) await insertCompany(transaction, company);
    for (const { name: contactName, email, phone = null, notes = null } of contacts)
      await insertContact(transaction, { name: contactName, email, phone, notes, externalId: null });
  }

  async #giveCustomRoles(): Promise<void> {
    const [admin] = this.#story.members.filter(({ role }) => role === "Admin");
    for (const { name, description, grants } of this.#story.roles ?? [])
      await roleCreate(this.#as((admin as { key: string }).key), {
        input: { name, description, grants: grants.map(([permission, reach]) => ({ permission, reach })) },
      });
    for (const { key, customRole } of this.#story.members)
      if (customRole)
        await memberUpdate(this.#as((admin as { key: string }).key), {
          member: { email: people[key] },
          input: { role: { name: customRole } },
        });
  }

  /** A month of logged time, an invoice over the older part of it, and a timer that runs. */
  async #work(start: number): Promise<void> {
    const { work = [], invoice, timer, companies, timeZone } = this.#story;
    const today = dayIn(new Date(start), timeZone);
    const onTicket = (subject: string) => ({ id: toGlobalId("Ticket", this.#tickets.get(subject) as string) });
    const toInvoice: string[] = [];
    for (const { by, subject, daysAgo, ...entry } of work.toSorted((a, b) => b.daysAgo - a.daysAgo)) {
      const workedOn = toWorkday(dayIn(new Date(start - daysAgo * 24 * hourMs), timeZone), today);
      // Logged in the afternoon, or just now.
      this.#now = new Date(Math.min(toDate(workedOn).getTime() + 15 * hourMs, start));
      const { ids } = await timeEntryCreate(this.#as(by), { ticket: onTicket(subject), input: { ...entry, workedOn } });
      const row = await this.#services.database
        .for(this.#organizationId)
        .timeEntry.findFirstOrThrow({ where: { id: ids.timeEntryId as string }, include: { company: true } });
      const company = companies.find(({ domains }) => invoice && domains.includes(invoice.domain));
      if (invoice && daysAgo > invoice.olderThanDays && row.isBillable && row.company?.name === company?.name)
        toInvoice.push(toGlobalId("TimeEntry", row.id));
    }
    if (invoice) {
      this.#now = new Date(start - invoice.olderThanDays * 24 * hourMs);
      const call = (input: object) =>
        timeEntriesInvoice(this.#as(invoice.by), { input: { ids: toInvoice, reference: invoice.reference, ...input } });
      const { ids } = await call({ dryRun: true });
      const { count, amounts } = JSON.parse(ids.preview as string) as InvoicePreview;
      const expected = Object.entries(amounts).map(([currency, amount]) => ({ amount, currency }));
      await call({ expected: { count, amounts: expected } });
    }
    if (timer) {
      this.#now = new Date(start - 25 * 60_000);
      const { description } = timer;
      await timerStart(this.#as(timer.by), { ticket: onTicket(timer.subject), input: { description } });
    }
  }

  async #tidy(step: Tidying): Promise<void> {
    const as = this.#as(step.by);
    const ticket = (subject: string) => ({ id: toGlobalId("Ticket", this.#tickets.get(subject) as string) });
    if ("merge" in step) await ticketMerge(as, { ticket: ticket(step.merge), into: ticket(step.into) });
    else if ("trash" in step) await ticketDelete(as, { ticket: ticket(step.trash) });
    else if ("archive" in step) {
      const [domain] = this.#story.companies.find(({ name }) => name === step.archive)?.domains ?? [];
      await companyArchive(as, { company: { domain } });
    } else await memberInvite(as, { input: { email: step.invite, role: { name: step.role } } });
  }

  async #happen(ticketId: string, address: string, event: Event): Promise<void> {
    const ticket = { id: toGlobalId("Ticket", ticketId) };
    if ("customer" in event) {
      await this.#asSystem(async (transaction) => {
        const row = await lockTicket(transaction, { id: ticketId });
        if (row)
          await receiveMessage(
            transaction,
            row,
            { id: row.contactId, email: address },
            parseBody({ bodyText: event.customer }),
          );
      });
    } else if ("reply" in event) {
      await ticketReply(this.#as(event.by), {
        ticket,
        input: { bodyText: event.reply, status: event.status, sendEmail: false },
      });
    } else if ("note" in event) {
      await ticketNoteAdd(this.#as(event.by), { ticket, input: { bodyText: event.note } });
    } else if ("assign" in event) {
      const assignee = event.assign && { email: people[event.assign] };
      await ticketAssign(this.#as(event.by), { ticket, input: { assignee } });
    } else if ("participants" in event) {
      const emails = event.participants.map((key) => this.#story.contacts.find((one) => one.key === key)?.email);
      await ticketParticipantsUpdate(this.#as(event.by), {
        ticket,
        input: { addParticipants: emails.map((email) => ({ email })) },
      });
    } else if ("addLabels" in event) {
      const [addLabels, removeLabels] = [event.addLabels, event.removeLabels ?? []].map((names) =>
        names.map((name) => ({ name })),
      );
      await ticketLabelsUpdate(this.#as(event.by), { ticket, input: { addLabels, removeLabels } });
    } else {
      await ticketStatusSet(this.#as(event.by), { ticket, input: { status: event.status } });
    }
  }

  #as(key: string): Context {
    return createContext(this.#services, { requestId: "demo", work: new Work(), viewer: this.#members[key] as Viewer });
  }

  async #asSystem(run: (transaction: Write) => Promise<void>): Promise<void> {
    const { database, clock } = this.#services;
    const viewer = systemViewer(this.#organizationId, this.#story.timeZone);
    await write({ database, clock, viewer, idempotency: null }, async (transaction) => {
      await run(transaction);
      return {};
    });
  }

  #viewer(actor: Viewer["actor"], role: RoleName, userId: string | null): Viewer {
    return {
      actor,
      organizationId: this.#organizationId,
      timeZone: this.#story.timeZone,
      roleName: role,
      grants: effectiveGrants(null, builtInGrants(role.toUpperCase() as "ADMIN")),
      userId,
      memberships: [],
    };
  }
}

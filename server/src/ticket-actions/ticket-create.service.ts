import { z } from "zod";
import { memberId, requirePermission, requireReach } from "../access/viewer.ts";
import { getCompany } from "../customers/company.steps.ts";
import { getNamedContact, keepTyped, type NamedContact } from "../customers/contact.named.steps.ts";
import type { ContactModel as Contact } from "../db/index.ts";
import { columnsOf } from "../entities/inputs.ts";
import { getLabelIds } from "../labels/label.steps.ts";
import { getAssignableMember } from "../members/member.tickets.steps.ts";
import { parseBody } from "../messages/message.body.ts";
import { insertMessage } from "../messages/message.steps.ts";
import { operation } from "../operations/operation.ts";
import { ticketEntity } from "../tickets/ticket.entity.ts";
import { prefixFor } from "../tickets/ticket.prefix.steps.ts";
import { priorityRank } from "../tickets/ticket.priority.ts";
import { insertTicket, type LockedTicket } from "../tickets/ticket.steps.ts";
import { invalid } from "../wire/errors.ts";
import type { Write } from "../writes/write.ts";
import { ticketCreateInput } from "./ticket.input.ts";

export const ticketCreate = operation({
  permission: "ticket.create",
  errors: ["NOT_FOUND", "ALREADY_EXISTS"],
  input: z.object({
    input: ticketCreateInput.describe("The ticket to create."),
  }),
  async run(write, { input }) {
    const { viewer, now } = write;
    if (input.description && input.outbound) {
      throw invalid(
        ["input", "outbound"],
        "Give either description (the customer's words) or outbound (yours), not both.",
        "EXACTLY_ONE",
      );
    }
    if (input.description != null && input.description.trim() === "")
      throw invalid(
        ["input", "description"],
        "The description has no readable text; add text, or leave the description out.",
        "EMPTY",
      );
    if (input.assignee) requirePermission(viewer, "ticket.assign");
    const named = await getNamedContact(write, input.contact);
    const { contact } = named;
    const company = input.company ? await getCompany(write, input.company) : null;
    const assignee = input.assignee ? await getAssignableMember(write, input.assignee) : null;
    // A new ticket is unassigned: assigning it to somebody else needs a reach that covers unassigned tickets.
    if (assignee && assignee.id !== memberId(viewer))
      requireReach(viewer, "ticket.assign", { code: "to be opened", assigneeId: null });
    const labelIds = await getLabelIds(write, input.labels ?? []);
    if (input.outbound)
      requireReach(viewer, "ticket.reply", { code: "to be opened", assigneeId: assignee?.id ?? null });
    const companyId = company?.id ?? (await holdCompanyOf(write, contact));
    const ticket = await insertTicket(write, {
      prefix: await prefixFor(write, companyId),
      subject: input.subject,
      status: input.outbound ? "PENDING" : "OPEN",
      priority: priorityRank(input.priority ?? "NORMAL"),
      channel: viewer.actor.kind === "API_KEY" ? "API" : "MANUAL",
      assigneeId: assignee?.id ?? null,
      contactId: contact.id,
      companyId,
      externalId: input.externalId ?? null,
      waitingSince: input.description ? now : null,
      labelIds,
      columns: columnsOf(ticketEntity, input),
    });
    await keepTyped(write, ticket.id, [named]);
    const messageId = await firstMessage(write, ticket, named, input);
    return { ids: { ticketId: ticket.id, messageId } };
  },
});

async function firstMessage(
  write: Write,
  ticket: LockedTicket,
  named: NamedContact,
  input: { description?: string | null | undefined; outbound?: OutboundInput | null | undefined },
): Promise<string | null> {
  const { contact } = named;
  const thread = { ticketId: ticket.id, visibility: "PUBLIC" as const };
  if (input.description) {
    const body = parseBody({ bodyText: input.description });
    const from = { contactId: contact.id, fromAddress: named.email };
    return (await insertMessage(write, { ...thread, ...body, direction: "INBOUND", ...from })).id;
  }
  if (!input.outbound) return null;
  const { cc: copies, sendEmail, ...body } = input.outbound;
  if (!contact.email && !copies?.length && sendEmail !== false)
    throw invalid(
      ["input", "outbound"],
      `Contact "${contact.name}" has no e-mail address; add one to the contact, give cc, or set sendEmail to false.`,
      "NO_ADDRESS",
    );
  const addresses = { to: contact.email ? [contact.email] : [], cc: copies ?? [], isMailed: sendEmail ?? true };
  return (await insertMessage(write, { ...thread, ...parseBody(body), direction: "OUTBOUND", ...addresses })).id;
}

interface OutboundInput {
  bodyText?: string | null | undefined;
  bodyHtml?: string | null | undefined;
  cc?: string[] | null | undefined;
  sendEmail?: boolean | null | undefined;
}

/** The contact's company, locked until the commit: a concurrent change of company would miss this ticket. */
async function holdCompanyOf({ tx, viewer }: Write, contact: Contact): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ company_id: string | null }[]>`
    select company_id from contacts where organization_id = ${viewer.organizationId}::uuid and id = ${contact.id}::uuid for share`;
  return row?.company_id ?? null;
}

import { idempotencyKeyHours } from "../lib/retention.ts";
import { builder } from "../schema/builder.ts";
import { describedEnum, TicketPriority, TicketStatus } from "../schema/enums.ts";
import { CompanyRefInput, ContactRefInput, LabelRefInput, MemberRefInput } from "../schema/reference-inputs.ts";
import { ReplyTimeEntryInput } from "../time-entries/time-entry.inputs.ts";
import type { bulkModes } from "./ticket-bulk.service.ts";

const expectedVersion = "The version read before; another one there now is CONFLICT, with what changed since.";

const TicketPersonInput = builder.inputType("TicketPersonInput", {
  description: "A customer by name and address: the contact with this address is found, or created.",
  fields: (t) => ({
    name: t.string({
      description: "The name of a new contact; a found one keeps its own. Default: the address's local part.",
    }),
    email: t.field({ type: "EmailAddress", required: true, description: "The address." }),
  }),
});

export const TicketContactInput = builder.inputType("TicketContactInput", {
  description: "Whose ticket it is: exactly one field is given.",
  isOneOf: true,
  fields: (t) => ({
    id: t.field({ type: "ID", description: "A contact by id." }),
    email: t.field({ type: "EmailAddress", description: "A contact by any of its addresses." }),
    externalId: t.string({ description: "A contact by its id in another system." }),
    person: t.field({
      type: TicketPersonInput,
      description: "A contact found by address or created; needs no contact.manage.",
    }),
  }),
});

const TicketOutboundInput = builder.inputType("TicketOutboundInput", {
  description: "The first message, from the team to the customer. Exactly one of bodyText and bodyHtml is given.",
  fields: (t) => ({
    bodyText: t.string({ description: "The body as plain text, at most 100,000 characters." }),
    bodyHtml: t.string({ description: "The body as HTML; it is cleaned." }),
    cc: t.field({ type: ["EmailAddress"], description: "Addresses that get a copy, at most 20." }),
    sendEmail: t.boolean({ defaultValue: true, description: "Whether it goes out by mail." }),
  }),
});

export const TicketCreateInput = builder.inputType("TicketCreateInput", {
  description: "A new ticket.",
  fields: (t) => ({
    subject: t.string({ required: true, description: "What it is about, at most 300 characters." }),
    contact: t.field({ type: TicketContactInput, required: true, description: "The customer." }),
    description: t.string({
      description: "The customer's own words; they become the first message, INBOUND, and are never mailed.",
    }),
    outbound: t.field({
      type: TicketOutboundInput,
      access: { permission: "ticket.reply" },
      description: "To write to the customer first, instead of description; the ticket is PENDING then.",
    }),
    priority: t.field({ type: TicketPriority, defaultValue: "NORMAL", description: "How urgent it is." }),
    assignee: t.field({
      type: MemberRefInput,
      access: { permission: "ticket.assign" },
      description: "Who works on it. Default: nobody.",
    }),
    company: t.field({ type: CompanyRefInput, description: "The company. Default: the contact's." }),
    labels: t.field({ type: [LabelRefInput], description: "Labels, at most 50." }),
    externalId: t.string({ description: "Its id in another system, unique in the organization." }),
  }),
});

export const TicketReplyInput = builder.inputType("TicketReplyInput", {
  description: "A public reply. Exactly one of bodyText and bodyHtml is given.",
  fields: (t) => ({
    bodyText: t.string({ description: "The body as plain text, at most 100,000 characters." }),
    bodyHtml: t.string({ description: "The body as HTML; it is cleaned, and its text is made from it." }),
    cc: t.field({ type: ["EmailAddress"], description: "Addresses that get a copy, at most 20." }),
    sendEmail: t.boolean({ defaultValue: true, description: "Whether it goes out by mail." }),
    status: t.field({
      type: TicketStatus,
      access: { permission: "ticket.update" },
      description:
        "What the ticket becomes. Default: an OPEN one becomes PENDING, others stay; required on a CLOSED one.",
    }),
    externalId: t.string({
      description: `The message's id in another system, unique in the organization, at most 200 characters: a second one with it is ALREADY_EXISTS, which names the first in details, also after ${idempotencyKeyHours} hours.`,
    }),
    assign: t.boolean({ defaultValue: true, description: "Whether a ticket that is nobody's becomes the writer's." }),
    timeEntry: t.field({
      type: ReplyTimeEntryInput,
      access: { permission: "time.log" },
      description: "Time to log with it: send, resolve and log 15 minutes in one request.",
    }),
    ifLastMessageId: t.field({
      type: "ID",
      description:
        "The last public message that the writer has read: a newer one is CONFLICT, with those messages in details.",
    }),
  }),
});

export const TicketNoteAddInput = builder.inputType("TicketNoteAddInput", {
  description: "A note: members only. Exactly one of bodyText and bodyHtml is given.",
  fields: (t) => ({
    bodyText: t.string({ description: "The body as plain text, at most 100,000 characters." }),
    bodyHtml: t.string({ description: "The body as HTML; it is cleaned, and its text is made from it." }),
    externalId: t.string({
      description: `The message's id in another system, unique in the organization, at most 200 characters: a second one with it is ALREADY_EXISTS, which names the first in details, also after ${idempotencyKeyHours} hours.`,
    }),
  }),
});

export const TicketAssignInput = builder.inputType("TicketAssignInput", {
  description: "Who gets a ticket.",
  fields: (t) => ({
    assignee: t.field({ type: MemberRefInput, description: "An active member; null: nobody. Must be given." }),
    expectedVersion: t.int({ description: expectedVersion }),
  }),
});

export const TicketStatusSetInput = builder.inputType("TicketStatusSetInput", {
  description: "What a ticket becomes.",
  fields: (t) => ({
    status: t.field({
      type: TicketStatus,
      required: true,
      description: "The status: forward, also skipping, or back to OPEN.",
    }),
    pendingUntil: t.field({
      type: "DateTime",
      description:
        "With PENDING: when it comes back by itself; null: never. Left out: never, or as it was where it is PENDING already.",
    }),
    expectedVersion: t.int({ description: expectedVersion }),
  }),
});

export const TicketUpdateInput = builder.inputType("TicketUpdateInput", {
  description: "What to change of a ticket: an absent field stays, null clears.",
  fields: (t) => ({
    subject: t.string({ description: "The subject; can't be cleared." }),
    priority: t.field({ type: TicketPriority, description: "How urgent it is; can't be cleared." }),
    contact: t.field({ type: ContactRefInput, description: "The customer; can't be cleared." }),
    company: t.field({ type: CompanyRefInput, description: "The company; null: none." }),
    moveTimeEntries: t.boolean({
      access: { permission: "time.manage", isEnforcedHere: false },
      description:
        "Whether to move the ticket's time that is on no invoice to the ticket's company, too. It is repriced by the usual rates, except entries with their own rate. Default: false; logged time stays as it was.",
    }),
    addLabels: t.field({ type: [LabelRefInput], description: "Labels to put on it; 50 in all." }),
    removeLabels: t.field({ type: [LabelRefInput], description: "Labels to take off it." }),
    externalId: t.string({ description: "Its id in another system." }),
    expectedVersion: t.int({ description: expectedVersion }),
  }),
});

export const MessageReceiveInput = builder.inputType("MessageReceiveInput", {
  description:
    "A customer's words from elsewhere: a form, a phone call. Exactly one of bodyText and bodyHtml is given.",
  fields: (t) => ({
    from: t.field({ type: TicketContactInput, description: "Whose words they are. Default: the ticket's contact." }),
    bodyText: t.string({ description: "The words as plain text, at most 100,000 characters." }),
    bodyHtml: t.string({ description: "The words as HTML; it is cleaned." }),
    externalId: t.string({
      description: `The message's id in another system, unique in the organization, at most 200 characters: a second one with it is ALREADY_EXISTS, which names the first in details, also after ${idempotencyKeyHours} hours.`,
    }),
  }),
});

export const TicketLabelsUpdateInput = builder.inputType("TicketLabelsUpdateInput", {
  description: "Labels to put on a ticket and to take off.",
  fields: (t) => ({
    addLabels: t.field({ type: [LabelRefInput], description: "Labels to put on it; 50 in all." }),
    removeLabels: t.field({ type: [LabelRefInput], description: "Labels to take off it." }),
  }),
});

export const TicketParticipantsUpdateInput = builder.inputType("TicketParticipantsUpdateInput", {
  description: "Who gets a ticket's replies beside its contact.",
  fields: (t) => ({
    addParticipants: t.field({ type: [TicketContactInput], description: "Contacts to add; 50 in all." }),
    removeParticipants: t.field({ type: [ContactRefInput], description: "Contacts to take out." }),
  }),
});

export const BulkMode = describedEnum<(typeof bulkModes)[number]>("BulkMode", "What a fault in one ticket means.", {
  ALL_OR_NOTHING: "Nothing is changed, and the error says which ticket it was.",
  PER_TICKET: "The others are changed, and each result says what became of its ticket.",
});

export const TicketsBulkUpdateInput = builder.inputType("TicketsBulkUpdateInput", {
  description: "What all the tickets get; an absent field stays as it is.",
  fields: (t) => ({
    mode: t.field({
      type: BulkMode,
      defaultValue: "ALL_OR_NOTHING",
      description: "What a fault in one of them means.",
    }),
    addLabels: t.field({
      type: [LabelRefInput],
      access: { permission: "ticket.update" },
      description: "Labels to put on them.",
    }),
    removeLabels: t.field({
      type: [LabelRefInput],
      access: { permission: "ticket.update" },
      description: "Labels to take off them.",
    }),
    status: t.field({ type: TicketStatus, access: { permission: "ticket.update" }, description: "What they become." }),
    priority: t.field({
      type: TicketPriority,
      access: { permission: "ticket.update" },
      description: "How urgent they are.",
    }),
    assignee: t.field({
      type: MemberRefInput,
      access: { permission: "ticket.assign" },
      description: "Who gets them: an active member; null: nobody.",
    }),
    isDeleted: t.boolean({
      access: { permission: "ticket.delete" },
      description:
        "true moves them to the trash; false takes them out of it (then only tickets in the trash are found).",
    }),
  }),
});

/** The inputs of a ticket's operations. */
import { z } from "zod";
import { fieldsIn } from "../entities/inputs.ts";
import { emailAddress, expectedVersion, externalId, line, wholeText } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { companyRef, contactRef, globalId, labelRef, memberRef, oneOf } from "../inputs/references.ts";
import { idempotencyKeyHours } from "../lib/retention.ts";
import { ticketEntity } from "../tickets/ticket.entity.ts";
import { ticketStatuses } from "../tickets/ticket.status.ts";
import { replyTimeEntryInput } from "../time-entries/time-entry.input.ts";
import { maxLabels } from "./ticket.labels.ts";

export const maxParticipants = 50;
/** How many tickets one call can change. */
export const maxBulkTickets = 100;

const updates = { permission: "ticket.update" } as const;
const assigns = { permission: "ticket.assign" } as const;

const status = z.enum(ticketStatuses).meta({ graphql: "TicketStatus" });
const labels = z.array(labelRef).max(maxLabels, `must have at most ${maxLabels} labels`).nullish();
const cc = z
  .array(emailAddress)
  .max(20, "must have at most 20 addresses")
  .nullish()
  .describe("The addresses that get a copy, at most 20.");
const sendEmail = z
  .boolean()
  .nullish()
  .meta({ description: "Whether the message is sent by e-mail.", defaultValue: true });
const version = expectedVersion.describe(
  "The version that you read. If the ticket has another version now, the call fails with CONFLICT and lists the changes since.",
);
const messageExternalId = externalId
  .nullish()
  .describe(
    `The message's id in another system, unique in the organization, at most 200 characters. A second message with it fails with ALREADY_EXISTS, which names the first in details. Unlike an idempotency key, it doesn't expire after ${idempotencyKeyHours} hours.`,
  );

/** Exactly one must be given; parseBody checks that. */
const body = (text: string, html: string) => ({
  bodyText: wholeText.nullish().describe(`The ${text} as plain text, at most 100,000 characters.`),
  bodyHtml: wholeText.nullish().describe(`The ${text} as HTML; it is cleaned${html}.`),
});
const withText = ", and the plain text is derived from it";

const ticketPersonInput = inputObject(
  "TicketPersonInput",
  "A customer by name and address. The contact with this address is used; without one, it is created.",
  {
    name: line(200)
      .nullish()
      .describe("The name of a new contact; an existing contact keeps its name. Default: the address's local part."),
    email: emailAddress.describe("The e-mail address."),
  },
);

/** A contact by reference, or a person who is found or created by address. */
const customer = oneOf("TicketContactInput", "The customer. Give exactly one field.", {
  id: contactRef.shape.id.describe("The contact's id."),
  email: contactRef.shape.email.describe("Any of the contact's addresses."),
  externalId: contactRef.shape.externalId.describe("The contact's id in another system."),
  person: ticketPersonInput
    .optional()
    .describe("A person whose contact is found by address or created; doesn't need `contact.manage`."),
});

const ticketOutboundInput = inputObject(
  "TicketOutboundInput",
  "The first message, from the team to the customer. Give exactly one of bodyText and bodyHtml.",
  { ...body("body", ""), cc, sendEmail },
);

export const ticketCreateInput = inputObject("TicketCreateInput", "A new ticket.", {
  ...fieldsIn(ticketEntity, "create"),
  contact: customer.describe("The customer."),
  description: wholeText
    .nullish()
    .describe("The customer's own words. They become the first message, INBOUND, and are never e-mailed."),
  outbound: ticketOutboundInput.nullish().meta({
    description: "The first message to the customer, instead of a description. The ticket then starts as PENDING.",
    access: { permission: "ticket.reply" },
  }),
  assignee: memberRef
    .nullish()
    .meta({ description: "The member to assign it to. Default: unassigned.", access: assigns }),
  company: companyRef.nullish().describe("The company. Default: the contact's."),
  labels: labels.describe("The labels, at most 50."),
});

export const ticketReplyInput = inputObject(
  "TicketReplyInput",
  "A public reply. Give exactly one of bodyText and bodyHtml.",
  {
    ...body("body", withText),
    cc,
    sendEmail,
    status: status.nullish().meta({
      description:
        "The ticket's new status. Default: an OPEN ticket becomes PENDING, others keep their status. Required on a CLOSED ticket.",
      access: updates,
    }),
    externalId: messageExternalId,
    assign: z
      .boolean()
      .nullish()
      .meta({ description: "Whether an unassigned ticket is assigned to the writer.", defaultValue: true }),
    timeEntry: replyTimeEntryInput.nullish().meta({
      description: "Time to log with the reply, for example to send, resolve and log 15 minutes in one request.",
      access: { permission: "time.log" },
    }),
    ifLastMessageId: globalId("Message")
      .nullish()
      .describe(
        "The last public message that the writer has read. If there are newer ones, the call fails with CONFLICT and lists them in details.",
      ),
  },
);

export const ticketNoteAddInput = inputObject(
  "TicketNoteAddInput",
  "A note, visible to members only. Give exactly one of bodyText and bodyHtml.",
  { ...body("body", withText), externalId: messageExternalId },
);

export const ticketAssignInput = inputObject("TicketAssignInput", "The new assignee of a ticket.", {
  assignee: memberRef.nullable().describe("The active member to assign the ticket to; null unassigns it. Required."),
  expectedVersion: version,
});

export const ticketStatusSetInput = inputObject("TicketStatusSetInput", "The new status of a ticket.", {
  status: status.describe("The status: any later one, or back to OPEN."),
  pendingUntil: z
    .date()
    .nullish()
    .describe(
      "When a PENDING ticket becomes OPEN again automatically; null: never. Default: never, or unchanged if the ticket is PENDING already.",
    ),
  expectedVersion: version,
});

const addLabels = labels.describe("The labels to add; a ticket has at most 50.");
const removeLabels = labels.describe("The labels to remove.");

export const ticketUpdateInput = inputObject(
  "TicketUpdateInput",
  "The changes to a ticket. A field that is left out stays as it is; null clears it.",
  {
    ...fieldsIn(ticketEntity, "update"),
    contact: contactRef.optional().describe("The customer; can't be cleared."),
    company: companyRef.nullish().describe("The company; null removes it."),
    moveTimeEntries: z
      .boolean()
      .nullish()
      .meta({
        description:
          "Whether the ticket's time entries that are on no invoice also move to the ticket's company. They are repriced by the usual rates, except entries with their own rate. Default: false; logged time stays as it was.",
        access: { permission: "time.manage", isEnforcedHere: false },
      }),
    addLabels,
    removeLabels,
    expectedVersion: version,
  },
);

export const messageReceiveInput = inputObject(
  "MessageReceiveInput",
  "A message from a customer that didn't arrive by e-mail, such as a form or a phone call. Give exactly one of bodyText and bodyHtml.",
  {
    from: customer.nullish().describe("The customer who wrote or said it. Default: the ticket's contact."),
    ...body("message", ""),
    externalId: messageExternalId,
  },
);

export const ticketLabelsUpdateInput = inputObject(
  "TicketLabelsUpdateInput",
  "The labels to add to and remove from a ticket.",
  { addLabels, removeLabels },
);

export const ticketParticipantsUpdateInput = inputObject(
  "TicketParticipantsUpdateInput",
  "The contacts who get a ticket's replies in addition to its own contact.",
  {
    addParticipants: z
      .array(customer)
      .max(maxParticipants, `must have at most ${maxParticipants} participants`)
      .nullish()
      .describe("The contacts to add; a ticket has at most 50 participants."),
    removeParticipants: z.array(contactRef).nullish().describe("The contacts to remove."),
  },
);

export const bulkModes = ["ALL_OR_NOTHING", "PER_TICKET"] as const;

export const ticketsBulkUpdateInput = inputObject(
  "TicketsBulkUpdateInput",
  "The changes to make to all the tickets. A field that is left out stays as it is.",
  {
    ...fieldsIn(ticketEntity, "bulk"),
    mode: z.enum(bulkModes).nullish().meta({
      graphql: "BulkMode",
      description: "How an error in one ticket is treated.",
      defaultValue: "ALL_OR_NOTHING",
    }),
    addLabels: labels.meta({ description: "The labels to add.", access: updates }),
    removeLabels: labels.meta({ description: "The labels to remove.", access: updates }),
    status: status.optional().meta({ description: "The status to set.", access: updates }),
    assignee: memberRef
      .nullish()
      .meta({ description: "The active member to assign them to; null unassigns them.", access: assigns }),
    isDeleted: z
      .boolean()
      .optional()
      .meta({
        description:
          "Whether to move them to the trash (true) or restore them (false). With false, only tickets in the trash are found.",
        access: { permission: "ticket.delete" },
      }),
  },
);

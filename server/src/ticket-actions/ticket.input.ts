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
/** How many tickets one call changes. */
export const maxBulkTickets = 100;

const updates = { permission: "ticket.update" } as const;
const assigns = { permission: "ticket.assign" } as const;

const status = z.enum(ticketStatuses).meta({ graphql: "TicketStatus" });
const labels = z.array(labelRef).max(maxLabels, `must have at most ${maxLabels} labels`).nullish();
const cc = z
  .array(emailAddress)
  .max(20, "must have at most 20 addresses")
  .nullish()
  .describe("Addresses that get a copy, at most 20.");
const sendEmail = z.boolean().nullish().meta({ description: "Whether it goes out by mail.", defaultValue: true });
const version = expectedVersion.describe(
  "The version read before; another one there now is CONFLICT, with what changed since.",
);
const messageExternalId = externalId
  .nullish()
  .describe(
    `The message's id in another system, unique in the organization, at most 200 characters: a second one with it is ALREADY_EXISTS, which names the first in details, also after ${idempotencyKeyHours} hours.`,
  );

/** Exactly one is given: parseBody checks that. */
const body = (text: string, html: string) => ({
  bodyText: wholeText.nullish().describe(`The ${text} as plain text, at most 100,000 characters.`),
  bodyHtml: wholeText.nullish().describe(`The ${text} as HTML; it is cleaned${html}.`),
});
const withText = ", and its text is made from it";

const ticketPersonInput = inputObject(
  "TicketPersonInput",
  "A customer by name and address: the contact with this address is found, or created.",
  {
    name: line(200)
      .nullish()
      .describe("The name of a new contact; a found one keeps its own. Default: the address's local part."),
    email: emailAddress.describe("The address."),
  },
);

/** A contact by reference, or a person who is found or made by address. */
const customer = oneOf("TicketContactInput", "Whose ticket it is: exactly one field is given.", {
  id: contactRef.shape.id.describe("A contact by id."),
  email: contactRef.shape.email.describe("A contact by any of its addresses."),
  externalId: contactRef.shape.externalId.describe("A contact by its id in another system."),
  person: ticketPersonInput.optional().describe("A contact found by address or created; needs no contact.manage."),
});

const ticketOutboundInput = inputObject(
  "TicketOutboundInput",
  "The first message, from the team to the customer. Exactly one of bodyText and bodyHtml is given.",
  { ...body("body", ""), cc, sendEmail },
);

export const ticketCreateInput = inputObject("TicketCreateInput", "A new ticket.", {
  ...fieldsIn(ticketEntity, "create"),
  contact: customer.describe("The customer."),
  description: wholeText
    .nullish()
    .describe("The customer's own words; they become the first message, INBOUND, and are never mailed."),
  outbound: ticketOutboundInput.nullish().meta({
    description: "To write to the customer first, instead of description; the ticket is PENDING then.",
    access: { permission: "ticket.reply" },
  }),
  assignee: memberRef.nullish().meta({ description: "Who works on it. Default: nobody.", access: assigns }),
  company: companyRef.nullish().describe("The company. Default: the contact's."),
  labels: labels.describe("Labels, at most 50."),
});

export const ticketReplyInput = inputObject(
  "TicketReplyInput",
  "A public reply. Exactly one of bodyText and bodyHtml is given.",
  {
    ...body("body", withText),
    cc,
    sendEmail,
    status: status.nullish().meta({
      description:
        "What the ticket becomes. Default: an OPEN one becomes PENDING, others stay; required on a CLOSED one.",
      access: updates,
    }),
    externalId: messageExternalId,
    assign: z
      .boolean()
      .nullish()
      .meta({ description: "Whether a ticket that is nobody's becomes the writer's.", defaultValue: true }),
    timeEntry: replyTimeEntryInput.nullish().meta({
      description: "Time to log with it: send, resolve and log 15 minutes in one request.",
      access: { permission: "time.log" },
    }),
    ifLastMessageId: globalId("Message")
      .nullish()
      .describe(
        "The last public message that the writer has read: a newer one is CONFLICT, with those messages in details.",
      ),
  },
);

export const ticketNoteAddInput = inputObject(
  "TicketNoteAddInput",
  "A note: members only. Exactly one of bodyText and bodyHtml is given.",
  { ...body("body", withText), externalId: messageExternalId },
);

export const ticketAssignInput = inputObject("TicketAssignInput", "Who gets a ticket.", {
  assignee: memberRef.nullable().describe("An active member; null: nobody. Must be given."),
  expectedVersion: version,
});

export const ticketStatusSetInput = inputObject("TicketStatusSetInput", "What a ticket becomes.", {
  status: status.describe("The status: forward, also skipping, or back to OPEN."),
  pendingUntil: z
    .date()
    .nullish()
    .describe(
      "With PENDING: when it comes back by itself; null: never. Left out: never, or as it was where it is PENDING already.",
    ),
  expectedVersion: version,
});

const addLabels = labels.describe("Labels to put on it; 50 in all.");
const removeLabels = labels.describe("Labels to take off it.");

export const ticketUpdateInput = inputObject(
  "TicketUpdateInput",
  "What to change of a ticket: an absent field stays, null clears.",
  {
    ...fieldsIn(ticketEntity, "update"),
    contact: contactRef.optional().describe("The customer; can't be cleared."),
    company: companyRef.nullish().describe("The company; null: none."),
    moveTimeEntries: z
      .boolean()
      .nullish()
      .meta({
        description:
          "Whether to move the ticket's time that is on no invoice to the ticket's company, too. It is repriced by the usual rates, except entries with their own rate. Default: false; logged time stays as it was.",
        access: { permission: "time.manage", isEnforcedHere: false },
      }),
    addLabels,
    removeLabels,
    expectedVersion: version,
  },
);

export const messageReceiveInput = inputObject(
  "MessageReceiveInput",
  "A customer's words from elsewhere: a form, a phone call. Exactly one of bodyText and bodyHtml is given.",
  {
    from: customer.nullish().describe("Whose words they are. Default: the ticket's contact."),
    ...body("words", ""),
    externalId: messageExternalId,
  },
);

export const ticketLabelsUpdateInput = inputObject(
  "TicketLabelsUpdateInput",
  "Labels to put on a ticket and to take off.",
  { addLabels, removeLabels },
);

export const ticketParticipantsUpdateInput = inputObject(
  "TicketParticipantsUpdateInput",
  "Who gets a ticket's replies beside its contact.",
  {
    addParticipants: z
      .array(customer)
      .max(maxParticipants, `must have at most ${maxParticipants} participants`)
      .nullish()
      .describe("Contacts to add; 50 in all."),
    removeParticipants: z.array(contactRef).nullish().describe("Contacts to take out."),
  },
);

export const bulkModes = ["ALL_OR_NOTHING", "PER_TICKET"] as const;

export const ticketsBulkUpdateInput = inputObject(
  "TicketsBulkUpdateInput",
  "What all the tickets get; an absent field stays as it is.",
  {
    ...fieldsIn(ticketEntity, "bulk"),
    mode: z.enum(bulkModes).nullish().meta({
      graphql: "BulkMode",
      description: "What a fault in one of them means.",
      defaultValue: "ALL_OR_NOTHING",
    }),
    addLabels: labels.meta({ description: "Labels to put on them.", access: updates }),
    removeLabels: labels.meta({ description: "Labels to take off them.", access: updates }),
    status: status.optional().meta({ description: "What they become.", access: updates }),
    assignee: memberRef
      .nullish()
      .meta({ description: "Who gets them: an active member; null: nobody.", access: assigns }),
    isDeleted: z
      .boolean()
      .optional()
      .meta({
        description:
          "true moves them to the trash; false takes them out of it (then only tickets in the trash are found).",
        access: { permission: "ticket.delete" },
      }),
  },
);

import { affected, mutationField } from "../schema/mutation.ts";
import type { MovedTime } from "../time-entries/time-entry-move.steps.ts";
import {
  ticketAssign,
  ticketLabelsUpdate,
  ticketNoteAdd,
  ticketParticipantsUpdate,
  ticketReply,
  ticketStatusSet,
  ticketUpdate,
} from "./ticket.service.ts";
import { ticketCreate } from "./ticket-create.service.ts";
import { messageReceive } from "./ticket-receive.service.ts";

const ticket = affected(
  "Ticket",
  "ticketId",
  "The ticket as it is now; null when this moved it out of what the viewer can see.",
);
const message = affected("Message", "messageId", "The message; null when there is none or the viewer can't see it.");

mutationField("ticketCreate", ticketCreate, "Opens a ticket with the next code of its prefix.", {
  ticket,
  message,
});

mutationField("ticketReply", ticketReply, "Writes a public reply: to the customer, by mail unless told otherwise.", {
  ticket,
  message,
  timeEntry: affected("TimeEntry", "timeEntryId", "The time that was logged with it; null when none was."),
});

mutationField(
  "ticketNoteAdd",
  ticketNoteAdd,
  "Writes a note: for members only, it never leaves. It changes nothing of the ticket.",
  {
    ticket,
    message,
  },
);

mutationField(
  "ticketAssign",
  ticketAssign,
  "Gives a ticket to a member, or to nobody. Taking a colleague's ticket is assigning it to oneself.",
  {
    ticket,
  },
);

mutationField(
  "ticketStatusSet",
  ticketStatusSet,
  "Sets a ticket's status: forward, also skipping; backward only to OPEN. The same status changes nothing.",
  {
    ticket,
  },
);

const movedTime = (text: string | null) => (text === null ? null : (JSON.parse(text) as MovedTime));

mutationField(
  "ticketUpdate",
  ticketUpdate,
  "Changes a ticket's subject, priority, contact, company, labels or externalId, and with `moveTimeEntries` the company of its time.",
  {
    ticket,
    movedTimeEntryCount: (t) =>
      t.int({
        nullable: true,
        description:
          "How many time entries went to the ticket's company; null unless asked for with `moveTimeEntries`.",
        resolve: ({ ids }) => movedTime(ids.time)?.movedCount ?? null,
      }),
    invoicedTimeEntryCount: (t) =>
      t.int({
        nullable: true,
        description:
          "How many of the ticket's time entries stayed with another company, because they are on an invoice; null unless asked for with `moveTimeEntries`.",
        resolve: ({ ids }) => movedTime(ids.time)?.invoicedCount ?? null,
      }),
  },
);

mutationField(
  "messageReceive",
  messageReceive,
  "Takes in a customer's words, as their mail would be: a PENDING or RESOLVED ticket is OPEN again; on a CLOSED one the organization's `closedTicketReply` decides whether it is reopened or followed up by a new ticket, which also takes the next messages while it isn't closed.",
  {
    ticket: affected(
      "Ticket",
      "ticketId",
      "The ticket that the message is in: a new one where a closed ticket was followed up.",
    ),
    message,
  },
);

mutationField("ticketLabelsUpdate", ticketLabelsUpdate, "Puts labels on a ticket and takes some off.", {
  ticket,
});

mutationField(
  "ticketParticipantsUpdate",
  ticketParticipantsUpdate,
  "Adds contacts who get a ticket's replies too, and takes some out.",
  {
    ticket,
  },
);

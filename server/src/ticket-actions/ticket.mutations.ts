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

const ticket = affected("Ticket", "ticketId", "The ticket as it is now; null when the viewer can no longer see it.");
const message = affected("Message", "messageId", "The message; null when there is none or the viewer can't see it.");

mutationField("ticketCreate", ticketCreate, "Opens a ticket with the next code of its prefix.", {
  ticket,
  message,
});

mutationField(
  "ticketReply",
  ticketReply,
  "Writes a public reply and e-mails it to the customer unless `sendEmail` is false.",
  {
    ticket,
    message,
    timeEntry: affected(
      "TimeEntry",
      "timeEntryId",
      "The time entry that was logged with the reply; null when none was.",
    ),
  },
);

mutationField(
  "ticketNoteAdd",
  ticketNoteAdd,
  "Writes a note, which only members see and which is never sent. The ticket's own fields stay unchanged.",
  {
    ticket,
    message,
  },
);

mutationField(
  "ticketAssign",
  ticketAssign,
  "Assigns a ticket to a member, or unassigns it. To take over a colleague's ticket, assign it to yourself.",
  {
    ticket,
  },
);

mutationField(
  "ticketStatusSet",
  ticketStatusSet,
  "Sets a ticket's status: forward to any later status, backward only to OPEN. Setting the same status changes nothing.",
  {
    ticket,
  },
);

const movedTime = (text: string | null) => (text === null ? null : (JSON.parse(text) as MovedTime));

mutationField(
  "ticketUpdate",
  ticketUpdate,
  "Changes a ticket's subject, priority, contact, company, labels or externalId, and with `moveTimeEntries` also the company of its time entries.",
  {
    ticket,
    movedTimeEntryCount: (t) =>
      t.int({
        nullable: true,
        description: "The number of time entries that moved to the ticket's company; null without `moveTimeEntries`.",
        resolve: ({ ids }) => movedTime(ids.time)?.movedCount ?? null,
      }),
    invoicedTimeEntryCount: (t) =>
      t.int({
        nullable: true,
        description:
          "The number of the ticket's time entries that stayed with another company because they are on an invoice; null without `moveTimeEntries`.",
        resolve: ({ ids }) => movedTime(ids.time)?.invoicedCount ?? null,
      }),
  },
);

mutationField(
  "messageReceive",
  messageReceive,
  "Records a message from the customer, exactly as if it had arrived by e-mail. A PENDING or RESOLVED ticket becomes OPEN. On a CLOSED ticket, the organization's `closedTicketReply` decides whether it is reopened or followed up by a new ticket. Until the follow-up is closed, later messages go there too.",
  {
    ticket: affected(
      "Ticket",
      "ticketId",
      "The ticket that holds the message: the follow-up when a closed ticket was followed up.",
    ),
    message,
  },
);

mutationField("ticketLabelsUpdate", ticketLabelsUpdate, "Adds labels to a ticket and removes labels from it.", {
  ticket,
});

mutationField(
  "ticketParticipantsUpdate",
  ticketParticipantsUpdate,
  "Adds and removes participants: contacts who get a ticket's replies in addition to its own contact.",
  {
    ticket,
  },
);

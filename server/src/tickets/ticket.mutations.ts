import { requireViewer } from "../access/viewer.ts";
import { visibleMessagesOfVisibleTickets, visibleTickets, visibleTimeEntries } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { Message } from "../messages/message.type.ts";
import { mutationField } from "../schema/mutation.ts";
import { TicketRefInput } from "../schema/reference-inputs.ts";
import type { MovedTime } from "../time-entries/time-entry-move.steps.ts";
import {
  MessageReceiveInput,
  TicketAssignInput,
  TicketCreateInput,
  TicketLabelsUpdateInput,
  TicketNoteAddInput,
  TicketParticipantsUpdateInput,
  TicketReplyInput,
  TicketStatusSetInput,
  TicketUpdateInput,
} from "./ticket.inputs.ts";
import {
  ticketAssign,
  ticketLabelsUpdate,
  ticketNoteAdd,
  ticketParticipantsUpdate,
  ticketReply,
  ticketStatusSet,
  ticketUpdate,
} from "./ticket.service.ts";
import { Ticket } from "./ticket.type.ts";
import { ticketCreate } from "./ticket-create.service.ts";
import { messageReceive } from "./ticket-receive.service.ts";

export const ticket = {
  type: Ticket,
  nullable: true,
  description: "The ticket as it is now; null when this moved it out of what the viewer can see.",
  resolve: (query: object, { ids }: { ids: { ticketId: string } }, _args: object, context: Context) =>
    context.db.ticket.findFirst({
      ...query,
      where: { AND: [visibleTickets(requireViewer(context)), { id: ids.ticketId }] },
    }),
} as const;

const message = {
  type: Message,
  nullable: true,
  description: "The message; null when there is none or the viewer can't see it.",
  resolve: (query: object, { ids }: { ids: { messageId: string | null } }, _args: object, context: Context) =>
    ids.messageId === null
      ? null
      : context.db.message.findFirst({
          ...query,
          where: { AND: [visibleMessagesOfVisibleTickets(requireViewer(context)), { id: ids.messageId }] },
        }),
} as const;

export const which = { type: TicketRefInput, required: true, description: "Which ticket." } as const;

mutationField("ticketCreate", {
  operation: ticketCreate,
  description: "Opens a ticket with the next code of its prefix.",
  args: (arg) => ({ input: arg({ type: TicketCreateInput, required: true, description: "The ticket." }) }),
  payload: (t) => ({ ticket: t.prismaField(ticket as never), message: t.prismaField(message as never) }),
});

mutationField("ticketReply", {
  operation: ticketReply,
  description: "Writes a public reply: to the customer, by mail unless told otherwise.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: TicketReplyInput, required: true, description: "The reply." }),
  }),
  payload: (t) => ({
    ticket: t.prismaField(ticket as never),
    message: t.prismaField(message as never),
    timeEntry: t.prismaField({
      type: "TimeEntry",
      nullable: true,
      description: "The time that was logged with it; null when none was.",
      resolve: (query: object, { ids }: { ids: { timeEntryId?: string | null } }, _args: object, context: Context) =>
        ids.timeEntryId
          ? context.db.timeEntry.findFirst({
              ...query,
              where: { AND: [visibleTimeEntries(requireViewer(context)), { id: ids.timeEntryId }] },
            })
          : null,
    } as never),
  }),
});

mutationField("ticketNoteAdd", {
  operation: ticketNoteAdd,
  description: "Writes a note: for members only, it never leaves. It changes nothing of the ticket.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: TicketNoteAddInput, required: true, description: "The note." }),
  }),
  payload: (t) => ({ ticket: t.prismaField(ticket as never), message: t.prismaField(message as never) }),
});

mutationField("ticketAssign", {
  operation: ticketAssign,
  description: "Gives a ticket to a member, or to nobody. Taking a colleague's ticket is assigning it to oneself.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: TicketAssignInput, required: true, description: "Who gets it." }),
  }),
  payload: (t) => ({ ticket: t.prismaField(ticket as never) }),
});

mutationField("ticketStatusSet", {
  operation: ticketStatusSet,
  description:
    "Sets a ticket's status: forward, also skipping; backward only to OPEN. The same status changes nothing.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: TicketStatusSetInput, required: true, description: "What it becomes." }),
  }),
  payload: (t) => ({ ticket: t.prismaField(ticket as never) }),
});

const movedTime = (text: string | null) => (text === null ? null : (JSON.parse(text) as MovedTime));

mutationField("ticketUpdate", {
  operation: ticketUpdate,
  description:
    "Changes a ticket's subject, priority, contact, company, labels or externalId, and with `moveTimeEntries` the company of its time.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: TicketUpdateInput, required: true, description: "What to change." }),
  }),
  payload: (t) => ({
    ticket: t.prismaField(ticket as never),
    movedTimeEntryCount: t.int({
      nullable: true,
      description: "How many time entries went to the ticket's company; null unless asked for with `moveTimeEntries`.",
      resolve: ({ ids }) => movedTime(ids.time)?.movedCount ?? null,
    }),
    invoicedTimeEntryCount: t.int({
      nullable: true,
      description:
        "How many of the ticket's time entries stayed with another company, because they are on an invoice; null unless asked for with `moveTimeEntries`.",
      resolve: ({ ids }) => movedTime(ids.time)?.invoicedCount ?? null,
    }),
  }),
});

mutationField("messageReceive", {
  operation: messageReceive,
  description:
    "Takes in a customer's words, as their mail would be: a PENDING or RESOLVED ticket is OPEN again; on a CLOSED one the organization's `closedTicketReply` decides whether it is reopened or followed up by a new ticket, which also takes the next messages while it isn't closed.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: MessageReceiveInput, required: true, description: "The words." }),
  }),
  payload: (t) => ({
    ticket: t.prismaField({
      ...ticket,
      description: "The ticket that the message is in: a new one where a closed ticket was followed up.",
    } as never),
    message: t.prismaField(message as never),
  }),
});

mutationField("ticketLabelsUpdate", {
  operation: ticketLabelsUpdate,
  description: "Puts labels on a ticket and takes some off.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: TicketLabelsUpdateInput, required: true, description: "Which labels." }),
  }),
  payload: (t) => ({ ticket: t.prismaField(ticket as never) }),
});

mutationField("ticketParticipantsUpdate", {
  operation: ticketParticipantsUpdate,
  description: "Adds contacts who get a ticket's replies too, and takes some out.",
  args: (arg) => ({
    ticket: arg(which),
    input: arg({ type: TicketParticipantsUpdateInput, required: true, description: "Which contacts." }),
  }),
  payload: (t) => ({ ticket: t.prismaField(ticket as never) }),
});

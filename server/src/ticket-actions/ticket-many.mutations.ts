/** Mutations that tidy up: bulk, merge, trash. */

import { requireViewer } from "../access/viewer.ts";
import { visibleTicketsAndTrash } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { trashDays } from "../lib/retention.ts";
import { builder } from "../schema/builder.ts";
import { ErrorCodeEnum } from "../schema/enums.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { Ticket } from "../tickets/ticket.type.ts";
import { type BulkResult, ticketsBulkUpdate } from "./ticket-bulk.service.ts";
import { ticketMerge } from "./ticket-merge.service.ts";
import { ticketDelete, ticketRestore } from "./ticket-trash.service.ts";

const BulkError = builder.objectRef<NonNullable<BulkResult["error"]>>("TicketBulkError").implement({
  description: "Why a ticket of many was left as it was.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, description: "The code.", resolve: ({ code }) => code }),
    message: t.exposeString("message", { description: "The rule and the way out." }),
  }),
});

type Row = BulkResult & { ticket: { organizationId: string; id: string } | null };

const BulkResultType = builder.objectRef<Row>("TicketBulkResult").implement({
  description: "What became of one ticket of many.",
  fields: (t) => ({
    ticket: t.field({
      type: Ticket,
      nullable: true,
      description: "The ticket as it is now; null when it isn't found or not seen any more.",
      resolve: ({ ticket: row }) => row,
    }),
    error: t.field({
      type: BulkError,
      nullable: true,
      description: "Why it was left as it was; null when it has what was wished.",
      resolve: ({ error }) => error,
    }),
  }),
});

mutationField(
  "ticketsBulkUpdate",
  ticketsBulkUpdate,
  "Changes up to 100 tickets at once: all of them or none, or each by itself.",
  {
    results: (t) =>
      t.field({
        type: [BulkResultType],
        description: "What became of each ticket, in the order of the input.",
        resolve: async ({ ids }: { ids: { results: string } }, _args: object, context: Context) => {
          const results = JSON.parse(ids.results) as BulkResult[];
          const found = await context.db.ticket.findMany({
            where: {
              AND: [
                visibleTicketsAndTrash(requireViewer(context)),
                { id: { in: results.flatMap(({ ticketId }) => ticketId ?? []) } },
              ],
            },
            select: { organizationId: true, id: true },
          });
          const rows = new Map(found.map((row) => [row.id, row]));
          return results.map((result) => ({
            ...result,
            ticket: (result.ticketId && rows.get(result.ticketId)) || null,
          }));
        },
      }),
  },
);

mutationField(
  "ticketMerge",
  ticketMerge,
  "Moves a ticket's messages, time and participants to another and closes it; from then on its code finds the other one. Its contact, where that is somebody else, becomes a participant of the other and so gets its replies.",
  {
    ticket: affected("Ticket", "ticketId", "The kept ticket."),
    mergedTicketId: gone("Ticket", "mergedId", "The id of the ticket that was closed."),
  },
);

mutationField(
  "ticketDelete",
  ticketDelete,
  `Moves a ticket to the trash; after ${trashDays} days it is purged with its messages. Until then it can be restored.`,
  {
    deletedTicketId: gone("Ticket", "ticketId", "The id of the ticket in the trash."),
  },
);

mutationField("ticketRestore", ticketRestore, "Takes a ticket out of the trash, as it was.", {
  ticket: affected(
    "Ticket",
    "ticketId",
    "The ticket as it is now; null when this moved it out of what the viewer can see.",
  ),
});

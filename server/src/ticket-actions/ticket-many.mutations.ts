/** Mutations that tidy up: bulk changes, merges and the trash. */

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
  description: "The error that left one ticket of a bulk operation unchanged.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, description: "The error code.", resolve: ({ code }) => code }),
    message: t.exposeString("message", { description: "The rule that was broken, and what to do next." }),
  }),
});

type Row = BulkResult & { ticket: { organizationId: string; id: string } | null };

const BulkResultType = builder.objectRef<Row>("TicketBulkResult").implement({
  description: "The result for one ticket of a bulk operation.",
  fields: (t) => ({
    ticket: t.field({
      type: Ticket,
      nullable: true,
      description: "The ticket as it is now; null when it wasn't found or the viewer can no longer see it.",
      resolve: ({ ticket: row }) => row,
    }),
    error: t.field({
      type: BulkError,
      nullable: true,
      description: "The error that left the ticket unchanged; null when it now has the requested values.",
      resolve: ({ error }) => error,
    }),
  }),
});

mutationField(
  "ticketsBulkUpdate",
  ticketsBulkUpdate,
  "Changes up to 100 tickets in one request: all or none of them, or each on its own (`mode`).",
  {
    results: (t) =>
      t.field({
        type: [BulkResultType],
        description: "The result for each ticket, in the order of the input.",
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
  "Moves a ticket's messages, time and participants to the kept ticket and closes it. From then on its code finds the kept ticket. If its contact differs from the kept ticket's, the contact becomes a participant there and gets the replies.",
  {
    ticket: affected("Ticket", "ticketId", "The kept ticket."),
    mergedTicketId: gone("Ticket", "mergedId", "The id of the ticket that was closed."),
  },
);

mutationField(
  "ticketDelete",
  ticketDelete,
  `Moves a ticket to the trash. It can be restored for ${trashDays} days; then it is purged with its messages.`,
  {
    deletedTicketId: gone("Ticket", "ticketId", "The id of the ticket in the trash."),
  },
);

mutationField("ticketRestore", ticketRestore, "Restores a ticket from the trash as it was.", {
  ticket: affected("Ticket", "ticketId", "The ticket as it is now; null when the viewer can no longer see it."),
});

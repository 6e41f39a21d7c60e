import { z } from "zod";
import { requireViewer } from "../access/viewer.ts";
import { visibleTickets, visibleTicketsAndTrash } from "../access/visibility.ts";
import { filterOf } from "../entities/filters.ts";
import { isWidening } from "../filters/compile.ts";
import { describeRef, ticketRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { rootList } from "../schema/root-lists.ts";
import { notFound } from "../wire/errors.ts";
import { ticketWhere } from "./ticket.reference.ts";
import { Ticket, TicketConnection, TicketOrder } from "./ticket.type.ts";

builder.queryFields((t) => ({
  ticket: t.prismaField({
    type: Ticket,
    nullable: true,
    description:
      "Returns one ticket. The code of a merged ticket finds the ticket that it was merged into; its id finds the merged ticket itself.",
    access: { permission: "ticket.view" },
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: t.arg({ type: inputTypeOf(ticketRef), required: true, description: "The ticket." }) },
    resolve: async (query, _root, args, context) => {
      const { by } = parseInput(z.object({ by: ticketRef }), args);
      const find = (where: object) =>
        context.db.ticket.findFirst({
          ...query,
          select: { ...(query as { select?: object }).select, mergedIntoId: true },
          where: { AND: [visibleTickets(requireViewer(context)), where] },
        });
      const found = await find(ticketWhere(by));
      // The code of a merged ticket, as in a customer's mail, finds the ticket that it was merged into.
      const row = by.code && found?.mergedIntoId ? await find({ id: found.mergedIntoId }) : found;
      if (!row) throw notFound(describeRef("Ticket", by));
      // as never: the selection has one column more than was requested.
      return row as never;
    },
  }),
  tickets: rootList(t, "Ticket", {
    connection: TicketConnection,
    order: TicketOrder,
    defaultOrder: "LAST_ACTIVITY_AT DESC",
    filter: "The tickets to list. Default: all outside the trash.",
    description: "Lists the tickets that the viewer can see, the last active first unless `orderBy` is given.",
    access: { permission: "ticket.view" },
    visible: (viewer, filter) =>
      (isWidening(filterOf("Ticket"), filter) ? visibleTicketsAndTrash(viewer) : visibleTickets(viewer)) as Condition,
  }),
}));

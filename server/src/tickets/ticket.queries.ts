import { z } from "zod";
import { parseInput } from "../access/operation.ts";
import { visibleTickets } from "../access/visibility.ts";
import { requireViewer } from "../context.ts";
import { notFound } from "../errors.ts";
import { describeRef, ticketRef } from "../inputs/references.ts";
import { builder } from "../schema/builder.ts";
import { filterInput } from "../schema/filter-inputs.ts";
import { TicketRefInput } from "../schema/reference-inputs.ts";
import { pageArgs } from "../schema/related.ts";
import { resolveRootList } from "../schema/root-lists.ts";
import { ticketFilter } from "./ticket.filter.ts";
import { ticketWhere } from "./ticket.reference.ts";
import { Ticket, TicketConnection, TicketOrder, ticketList } from "./ticket.type.ts";

builder.queryFields((t) => ({
  ticket: t.prismaField({
    type: Ticket,
    nullable: true,
    description: "One ticket.",
    access: { permission: "ticket.view" },
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: t.arg({ type: TicketRefInput, required: true, description: "Which one." }) },
    resolve: async (query, _root, args, context) => {
      const { by } = parseInput(z.object({ by: ticketRef }), args);
      const row = await context.db.ticket.findFirst({
        ...query,
        where: { AND: [visibleTickets(requireViewer(context)), ticketWhere(by)] },
      });
      if (!row) throw notFound(describeRef("Ticket", by));
      return row;
    },
  }),
  tickets: t.field({
    type: TicketConnection,
    description: "Tickets that the viewer can see, by last activity unless asked otherwise.",
    access: { permission: "ticket.view" },
    errors: ["VALIDATION"],
    args: {
      filter: t.arg({ type: filterInput(ticketFilter), description: "Only these. Default: all." }),
      orderBy: t.arg({ type: TicketOrder, description: "The order. Default: LAST_ACTIVITY_AT DESC." }),
      ...pageArgs(t),
    },
    resolve: (_root, args, context, info) =>
      resolveRootList(
        context,
        info,
        ({ db }) => db.ticket,
        ticketList,
        ticketFilter,
        visibleTickets(requireViewer(context)),
        args,
      ) as never,
  }),
}));

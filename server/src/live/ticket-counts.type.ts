import { builder } from "../schema/builder.ts";
import { Queue } from "../viewer/viewer.type.ts";
import type { CountsShape } from "./ticket-counts.ts";

export const TicketCounts = builder.objectRef<CountsShape>("TicketCounts").implement({
  description: "The counts of the viewer's queues at one moment.",
  fields: (t) => ({
    queues: t.field({ type: [Queue], description: "The queues with their counts.", resolve: ({ queues }) => queues }),
    cursor: t.field({
      type: "ChangeCursor",
      description: "The position in the change log that the counts include; they may include later changes too.",
      resolve: ({ organizationId, number }, _args, context) =>
        context.cursors.encodeChange(organizationId, BigInt(number)),
    }),
  }),
});

import { z } from "zod";
import { requireViewer } from "../access/viewer.ts";
import { visibleMessagesOfVisibleTickets } from "../access/visibility.ts";
import { describeRef, messageRef } from "../inputs/references.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { notFound } from "../wire/errors.ts";
import { Message } from "./message.type.ts";

builder.queryField("message", (t) =>
  t.prismaField({
    type: Message,
    nullable: true,
    description: "Returns one message of a ticket that the viewer can see.",
    access: { permission: "ticket.view" },
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: t.arg({ type: inputTypeOf(messageRef), required: true, description: "The message." }) },
    resolve: async (query, _root, args, context) => {
      const { by } = parseInput(z.object({ by: messageRef }), args);
      const where = { AND: [visibleMessagesOfVisibleTickets(requireViewer(context)), messageWhere(by)] };
      const row = await context.db.message.findFirst({ ...query, where });
      if (!row) throw notFound(describeRef("Message", by));
      return row;
    },
  }),
);

function messageWhere({ id, externalId }: z.output<typeof messageRef>) {
  return id !== undefined ? { id } : { externalId: externalId as string };
}

import { can, requireViewer } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import { builder } from "../schema/builder.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { countFor } from "../schema/loaders.ts";
import { labelEntity } from "./label.entity.ts";

const LabelAbilities = builder
  .objectRef<{ update: boolean; delete: boolean; merge: boolean }>("LabelAbilities")
  .implement({
    description: "What the viewer may do with a label.",
    fields: (t) => ({
      update: t.exposeBoolean("update", { description: "Change it." }),
      delete: t.exposeBoolean("delete", { description: "Delete it." }),
      merge: t.exposeBoolean("merge", { description: "Merge it with another." }),
    }),
  });

export const Label = builder.prismaObject("Label", {
  ...objectOf(labelEntity),
  fields: (t) => ({
    ...fieldsOf(t, labelEntity),
    ticketCount: t.int({
      description: "How many tickets that the viewer can see have it.",
      resolve: ({ id }, _args, context) =>
        countFor(context, "tickets by label", id, async (ids) => {
          const groups = await context.db.ticketLabel.groupBy({
            by: ["labelId"],
            // One that is deleted since it was read has none, and not what is left until all is done.
            where: { labelId: { in: ids }, label: { deletedAt: null }, ticket: visibleTickets(requireViewer(context)) },
            _count: { ticketId: true },
          });
          return groups.map(({ labelId, _count }) => ({ parentId: labelId, count: _count.ticketId }));
        }),
    }),
    viewerCan: t.field({
      type: LabelAbilities,
      description: "What the viewer may do with it.",
      resolve: (_label, _args, context) => {
        const isManager = can(requireViewer(context), "label.manage");
        return { update: isManager, delete: isManager, merge: isManager };
      },
    }),
  }),
});

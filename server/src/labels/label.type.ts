import { can, requireViewer } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import { builder } from "../schema/builder.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { countFor } from "../schema/loaders.ts";
import { labelEntity } from "./label.entity.ts";

const LabelAbilities = builder
  .objectRef<{ update: boolean; delete: boolean; merge: boolean }>("LabelAbilities")
  .implement({
    description: "What the viewer can do with a label.",
    fields: (t) => ({
      update: t.exposeBoolean("update", { description: "Whether the viewer can change it." }),
      delete: t.exposeBoolean("delete", { description: "Whether the viewer can delete it." }),
      merge: t.exposeBoolean("merge", { description: "Whether the viewer can merge it with another label." }),
    }),
  });

export const Label = builder.prismaObject("Label", {
  ...objectOf(labelEntity),
  fields: (t) => ({
    ...fieldsOf(t, labelEntity),
    ticketCount: t.int({
      description: "The number of tickets with this label that the viewer can see.",
      resolve: ({ id }, _args, context) =>
        countFor(context, "tickets by label", id, async (ids) => {
          const groups = await context.db.ticketLabel.groupBy({
            by: ["labelId"],
            // A label deleted since it was read counts 0, not the rows that still wait for removal.
            where: { labelId: { in: ids }, label: { deletedAt: null }, ticket: visibleTickets(requireViewer(context)) },
            _count: { ticketId: true },
          });
          return groups.map(({ labelId, _count }) => ({ parentId: labelId, count: _count.ticketId }));
        }),
    }),
    viewerCan: t.field({
      type: LabelAbilities,
      description: "What the viewer can do with it.",
      resolve: (_label, _args, context) => {
        const isManager = can(requireViewer(context), "label.manage");
        return { update: isManager, delete: isManager, merge: isManager };
      },
    }),
  }),
});

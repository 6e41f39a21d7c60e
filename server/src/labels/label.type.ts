import { builder } from "../schema/builder.ts";
import { toGlobalId } from "../schema/ids.ts";
import { Node } from "../schema/interfaces.ts";

export const Label = builder.prismaObject("Label", {
  description: "A coloured word that tickets are sorted by.",
  interfaces: [Node] as never,
  select: { organizationId: true, id: true },
  findUnique: ({ organizationId, id }) => ({ organizationId_id: { organizationId, id } }),
  fields: (t) => ({
    id: t.id({ description: "The global id.", resolve: ({ id }) => toGlobalId("Label", id) }),
    name: t.exposeString("name", { description: "The name, unique without case." }),
    color: t.expose("color", { type: "HexColor", description: "The colour to show it in." }),
    description: t.exposeString("description", {
      nullable: true,
      description: "What it is for; null when nobody said.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it changed last." }),
    version: t.exposeInt("version", { description: "Counts its changes." }),
  }),
});

import { countTickets } from "../contacts/contact.type.ts";
import { builder } from "../schema/builder.ts";
import { toGlobalId } from "../schema/ids.ts";
import { Node } from "../schema/interfaces.ts";

const needsContactView = { access: { permission: "contact.view" }, nullable: true } as const;

export const Company = builder.prismaObject("Company", {
  description: "A customer's company. Everything but its name needs `contact.view`.",
  interfaces: [Node] as never,
  select: { organizationId: true, id: true },
  findUnique: ({ organizationId, id }) => ({ organizationId_id: { organizationId, id } }),
  fields: (t) => ({
    id: t.id({ description: "The global id.", resolve: ({ id }) => toGlobalId("Company", id) }),
    name: t.exposeString("name", { description: "The name." }),
    domains: t.field({
      type: ["String"],
      ...needsContactView,
      select: { domains: { select: { domain: true } } },
      description:
        "Its mail domains: contacts with an address there are linked by themselves; null without the permission.",
      resolve: ({ domains }) => domains.map(({ domain }) => domain).sort(),
    }),
    ticketPrefix: t.exposeString("ticketPrefix", {
      ...needsContactView,
      description: "The prefix of its tickets' codes; null: the organization's, or without the permission.",
    }),
    notes: t.exposeString("notes", {
      ...needsContactView,
      description: "What the team wants to remember; null when there is nothing or without the permission.",
    }),
    externalId: t.exposeString("externalId", {
      ...needsContactView,
      description: "Its id in another system; null without one or without the permission.",
    }),
    ticketCount: t.int({
      description: "How many of its tickets the viewer can see.",
      resolve: ({ id }, _args, context) => countTickets(context, "companyId", id),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it changed last." }),
    version: t.exposeInt("version", { description: "Counts its changes." }),
  }),
});

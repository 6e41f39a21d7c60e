import { requireViewer } from "../access/viewer.ts";
import { visibleContacts, visibleTickets } from "../access/visibility.ts";
import { contactList, countTickets, NestedContactConnection } from "../contacts/contact.type.ts";
import type { Context } from "../context.ts";
import { shownDomain } from "../lib/mail-address.ts";
import { currencyOf } from "../organizations/organization.type.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, type ListSpec, orderInput, type PageArgs, readPage } from "../schema/connections.ts";
import { Node } from "../schema/interfaces.ts";
import { countFor } from "../schema/loaders.ts";
import { Money, toMoney } from "../schema/money.ts";
import { pageArgs, relatedPage } from "../schema/related.ts";
import { NestedTicketConnection, ticketList } from "../tickets/ticket.type.ts";
import { toGlobalId } from "../wire/ids.ts";
import { companyAbilities } from "./company.service.ts";

export const companyList: ListSpec = {
  name: "Company",
  orders: {
    NAME: { column: "nameKey", kind: "text", description: "Its name, without case." },
    CREATED_AT: { column: "createdAt", kind: "instant", description: "When it was created." },
    UPDATED_AT: { column: "updatedAt", kind: "instant", description: "When it changed last." },
  },
  defaultOrder: { field: "NAME", direction: "ASC" },
};

export const CompanyOrder = orderInput(companyList);

const CompanyAbilities = builder.objectRef<ReturnType<typeof companyAbilities>>("CompanyAbilities").implement({
  description: "What the viewer may do with a company.",
  fields: (t) => ({
    update: t.exposeBoolean("update", { description: "Change its name, domains, notes and externalId." }),
    archive: t.exposeBoolean("archive", { description: "Put it away and take it out again." }),
    delete: t.exposeBoolean("delete", {
      description: "Delete it. This is the right alone: one with tickets is refused all the same.",
    }),
    merge: t.exposeBoolean("merge", { description: "Merge it with another." }),
  }),
});

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
      resolve: ({ domains }) => domains.map(({ domain }) => shownDomain(domain)).sort(),
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
    contacts: t.field({
      type: NestedContactConnection,
      ...needsContactView,
      description: "Its contacts, by name; null without the permission.",
      args: pageArgs(t),
      select: (args, context, nested) =>
        relatedPage(
          context,
          contactList,
          args as PageArgs,
          "contacts",
          "Contact",
          nested as never,
          visibleContacts(requireViewer(context)),
        ) as never,
      resolve: (company, args, context) =>
        readPage(context, contactList, args as PageArgs).connect(
          (company as unknown as { contacts: { id: string }[] }).contacts,
          () => countContacts(context, company.id),
        ) as never,
    }),
    tickets: t.field({
      type: NestedTicketConnection,
      description: "Its tickets that the viewer can see, by last activity.",
      args: pageArgs(t),
      select: (args, context, nested) =>
        relatedPage(
          context,
          ticketList,
          args as PageArgs,
          "tickets",
          "Ticket",
          nested as never,
          visibleTickets(requireViewer(context)),
        ) as never,
      resolve: (company, args, context) =>
        readPage(context, ticketList, args as PageArgs).connect(
          (company as unknown as { tickets: { id: string }[] }).tickets,
          () => countTickets(context, "companyId", company.id),
        ) as never,
    }),
    hourlyRate: t.field({
      type: Money,
      nullable: true,
      access: { permission: ["report.view", "time.manage", "team.manage"] },
      select: { hourlyRate: true, currency: true },
      description:
        "What an hour of work for it costs, in its currency or the organization's; null when not set or without a permission for money.",
      resolve: async ({ hourlyRate, currency }, _args, context) =>
        hourlyRate === null ? null : toMoney(hourlyRate, currency ?? (await currencyOf(context))),
    }),
    currency: t.expose("currency", {
      type: "CurrencyCode",
      nullable: true,
      access: { permission: ["report.view", "time.manage", "team.manage"] },
      description: "Its currency; null: the organization's, or without a permission for money.",
    }),
    isArchived: t.boolean({
      ...needsContactView,
      select: { archivedAt: true },
      description: "Whether it is put away: it stays for its history; null without the permission.",
      resolve: ({ archivedAt }) => archivedAt !== null,
    }),
    ticketCount: t.int({
      description: "How many of its tickets the viewer can see.",
      resolve: ({ id }, _args, context) => countTickets(context, "companyId", id),
    }),
    viewerCan: t.field({
      type: CompanyAbilities,
      description: "What the viewer may do with it.",
      resolve: (_company, _args, context) => companyAbilities(requireViewer(context)),
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was created." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it changed last." }),
    version: t.exposeInt("version", { description: "Counts its changes." }),
  }),
});

export const CompanyConnection = connectionType("Company", Company, true);

/** How many contacts each company has: one statement for all companies of a list. */
function countContacts(context: Context, companyId: string): Promise<number> {
  return countFor(context, "contacts by company", companyId, async (ids) => {
    const groups = await context.db.contact.groupBy({
      by: ["companyId"],
      where: { AND: [visibleContacts(requireViewer(context)), { companyId: { in: ids } }] },
      _count: { id: true },
    });
    return groups.map((group) => ({ parentId: group.companyId as string, count: group._count.id }));
  });
}

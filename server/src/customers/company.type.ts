import { requireViewer } from "../access/viewer.ts";
import { visibleContacts, visibleTickets } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { listOf } from "../entities/lists.ts";
import { shownDomain } from "../lib/mail-address.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput, type PageArgs, readPage } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { countFor } from "../schema/loaders.ts";
import { currencyOf, Money, toMoney } from "../schema/money.ts";
import { pageArgs, relatedPage } from "../schema/related.ts";
import { NestedTicketConnection } from "../tickets/ticket.type.ts";
import { companyEntity } from "./company.entity.ts";
import { companyAbilities } from "./company.service.ts";
import { countTickets, NestedContactConnection } from "./contact.type.ts";

export const CompanyOrder = orderInput(listOf("Company"));

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
  ...objectOf(companyEntity),
  fields: (t) => ({
    ...fieldsOf(t, companyEntity),
    domains: t.field({
      type: ["String"],
      ...needsContactView,
      select: { domains: { select: { domain: true } } },
      description:
        "Its mail domains: contacts with an address there are linked by themselves; null without the permission.",
      resolve: ({ domains }) => domains.map(({ domain }) => shownDomain(domain)).sort(),
    }),
    contacts: t.field({
      type: NestedContactConnection,
      ...needsContactView,
      description: "Its contacts, by name; null without the permission.",
      args: pageArgs(t),
      select: (args, context, nested) =>
        relatedPage(
          context,
          listOf("Contact"),
          args as PageArgs,
          "contacts",
          "Contact",
          nested as never,
          visibleContacts(requireViewer(context)),
        ) as never,
      resolve: (company, args, context) =>
        readPage(context, listOf("Contact"), args as PageArgs).connect(
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
          listOf("Ticket"),
          args as PageArgs,
          "tickets",
          "Ticket",
          nested as never,
          visibleTickets(requireViewer(context)),
        ),
      resolve: (company, args, context) =>
        readPage(context, listOf("Ticket"), args as PageArgs).connect(
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
    ticketCount: t.int({
      description: "How many of its tickets the viewer can see.",
      resolve: ({ id }, _args, context) => countTickets(context, "companyId", id),
    }),
    viewerCan: t.field({
      type: CompanyAbilities,
      description: "What the viewer may do with it.",
      resolve: (_company, _args, context) => companyAbilities(requireViewer(context)),
    }),
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

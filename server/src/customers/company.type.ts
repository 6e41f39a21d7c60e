import { requireViewer } from "../access/viewer.ts";
import { visibleContacts } from "../access/visibility.ts";
import { listOf } from "../entities/lists.ts";
import type { Condition } from "../lib/condition.ts";
import { shownDomain } from "../lib/mail-address.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { currencyOf, Money, toMoney } from "../schema/money.ts";
import { countRelated, relatedList } from "../schema/related.ts";
import { NestedTicketConnection } from "../tickets/ticket.type.ts";
import { companyEntity } from "./company.entity.ts";
import { companyAbilities } from "./company.service.ts";
import { NestedContactConnection, visibleTicketsOf } from "./contact.type.ts";

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
    contacts: relatedList(t, {
      connection: NestedContactConnection,
      of: "Contact",
      relation: "contacts",
      parent: "companyId",
      access: { permission: "contact.view" },
      description: "Its contacts, by name; null without the permission.",
      where: (context) => visibleContacts(requireViewer(context)) as Condition,
    }),
    tickets: relatedList(t, {
      connection: NestedTicketConnection,
      of: "Ticket",
      relation: "tickets",
      parent: "companyId",
      description: "Its tickets that the viewer can see, by last activity.",
      where: visibleTicketsOf,
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
      resolve: ({ id }, _args, context) => countRelated(context, "Ticket", "companyId", id, visibleTicketsOf(context)),
    }),
    viewerCan: t.field({
      type: CompanyAbilities,
      description: "What the viewer may do with it.",
      resolve: (_company, _args, context) => companyAbilities(requireViewer(context)),
    }),
  }),
});

export const CompanyConnection = connectionType("Company", Company, true);

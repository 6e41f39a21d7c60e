import { moneyPermissions } from "../access/permissions.ts";
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
  description: "What the viewer can do with a company.",
  fields: (t) => ({
    update: t.exposeBoolean("update", {
      description: "Whether the viewer can change its name, domains, notes and externalId.",
    }),
    archive: t.exposeBoolean("archive", { description: "Whether the viewer can archive and restore it." }),
    delete: t.exposeBoolean("delete", {
      description:
        "Whether the viewer has the permission to delete it. Even then, a company with tickets or logged time can't be deleted.",
    }),
    merge: t.exposeBoolean("merge", { description: "Whether the viewer can merge it with another company." }),
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
        "The mail domains. Contacts with an address there are linked automatically. Null without the permission.",
      resolve: ({ domains }) => domains.map(({ domain }) => shownDomain(domain)).sort(),
    }),
    contacts: relatedList(t, {
      connection: NestedContactConnection,
      of: "Contact",
      relation: "contacts",
      parent: "companyId",
      access: { permission: "contact.view" },
      description: "The contacts, by name; null without the permission.",
      where: (context) => visibleContacts(requireViewer(context)) as Condition,
    }),
    tickets: relatedList(t, {
      connection: NestedTicketConnection,
      of: "Ticket",
      relation: "tickets",
      parent: "companyId",
      description: "The company's tickets that the viewer can see, by last activity.",
      where: visibleTicketsOf,
    }),
    hourlyRate: t.field({
      type: Money,
      nullable: true,
      access: { permission: moneyPermissions },
      select: { hourlyRate: true, currency: true },
      description:
        "The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.",
      resolve: async ({ hourlyRate, currency }, _args, context) =>
        hourlyRate === null ? null : toMoney(hourlyRate, currency ?? (await currencyOf(context))),
    }),
    ticketCount: t.int({
      description: "The number of its tickets that the viewer can see.",
      resolve: ({ id }, _args, context) => countRelated(context, "Ticket", "companyId", id, visibleTicketsOf(context)),
    }),
    viewerCan: t.field({
      type: CompanyAbilities,
      description: "What the viewer can do with it.",
      resolve: (_company, _args, context) => companyAbilities(requireViewer(context)),
    }),
  }),
});

export const CompanyConnection = connectionType("Company", Company, true);

import { visibleCompanies } from "../access/visibility.ts";
import { companyRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { builder } from "../schema/builder.ts";
import { oneField } from "../schema/one-field.ts";
import { rootList } from "../schema/root-lists.ts";
import { companies } from "./company.steps.ts";
import { CompanyConnection, CompanyOrder } from "./company.type.ts";

builder.queryFields((t) => ({
  company: oneField(t, {
    ref: companyRef,
    by: "The company to return.",
    lookup: companies,
    description:
      "Returns one company. With `ticket.view` but without `contact.view`, only companies of tickets that the viewer can see are found.",
  }),
  companies: rootList(t, "Company", {
    connection: CompanyConnection,
    order: CompanyOrder,
    defaultOrder: "NAME ASC",
    filter: "The companies to list. Default: all.",
    description: "Lists the organization's companies, by name unless `orderBy` is given.",
    access: { permission: "contact.view" },
    visible: (viewer) => visibleCompanies(viewer) as Condition,
  }),
}));

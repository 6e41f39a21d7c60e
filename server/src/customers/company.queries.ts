import { z } from "zod";
import { requireViewer } from "../access/viewer.ts";
import { visibleCompanies } from "../access/visibility.ts";
import { findReferred } from "../inputs/former.ts";
import { companyRef, describeRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { rootList } from "../schema/root-lists.ts";
import { notFound } from "../wire/errors.ts";
import { findKeptCompany } from "./company.former.steps.ts";
import { companyWhere } from "./company.steps.ts";
import { Company, CompanyConnection, CompanyOrder } from "./company.type.ts";

builder.queryFields((t) => ({
  company: t.prismaField({
    type: Company,
    nullable: true,
    description:
      "Returns one company. With ticket.view but without contact.view, only companies of tickets that the viewer can see are found.",
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: t.arg({ type: inputTypeOf(companyRef), required: true, description: "The company." }) },
    resolve: async (query, _root, args, context) => {
      const viewer = requireViewer(context);
      const { by } = parseInput(z.object({ by: companyRef }), args);
      const row = await findReferred(
        by,
        (ref) =>
          context.db.company.findFirst({
            ...query,
            where: { AND: [visibleCompanies(viewer), companyWhere(ref, viewer)] },
          }),
        (ref) => findKeptCompany(context.db, ref, viewer),
      );
      if (!row) throw notFound(describeRef("Company", by));
      return row;
    },
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

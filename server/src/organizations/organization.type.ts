import { moneyPermissions } from "../access/permissions.ts";
import { builder } from "../schema/builder.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { Money, toMoney } from "../schema/money.ts";
import { organizationEntity } from "./organization.entity.ts";

export const Organization = builder.prismaObject("Organization", {
  ...objectOf(organizationEntity),
  // It is its own tenant.
  select: { id: true },
  findUnique: ({ id }) => ({ id }),
  fields: (t) => ({
    ...fieldsOf(t, organizationEntity),
    defaultHourlyRate: t.field({
      type: Money,
      nullable: true,
      access: { permission: moneyPermissions },
      select: { defaultHourlyRate: true, defaultCurrency: true },
      description:
        "The hourly rate if neither the entry, the company nor the member has one; null if not set, or if the viewer lacks the permission.",
      resolve: ({ defaultHourlyRate, defaultCurrency }) => toMoney(defaultHourlyRate, defaultCurrency),
    }),
  }),
});

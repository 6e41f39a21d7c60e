import { permissionEnumValue, permissionNames, permissions, type Reach, reaches } from "../access/permissions.ts";
import { type ErrorCode, errorCodes } from "../wire/errors.ts";
import { builder } from "./builder.ts";

/** An enum with a description for each value. */
export function describedEnum<const Value extends string>(
  name: string,
  description: string,
  values: Record<Value, string>,
) {
  return builder.enumType(name, {
    description,
    values: Object.fromEntries(
      Object.entries(values).map(([value, text]) => [value, { description: text as string }]),
    ) as Record<Value, { description: string }>,
  });
}

export const OrderDirection = describedEnum(
  "OrderDirection",
  "The direction of an order. Rows without a value come last either way.",
  {
    ASC: "Ascending: smallest, oldest or alphabetically first values come first.",
    DESC: "Descending: largest, newest or alphabetically last values come first.",
  },
);

export const Permission = builder.enumType("Permission", {
  description: "A permission that a role can grant.",
  values: Object.fromEntries(
    permissionNames.map((name) => [
      permissionEnumValue(name),
      { value: name as string, description: `\`${name}\`: ${permissions[name].description}.` },
    ]),
  ),
});

const reachTexts: Record<Reach, string> = {
  ASSIGNED: "Tickets assigned to the member.",
  AVAILABLE: "Tickets assigned to the member, and unassigned tickets.",
  ALL: "All tickets.",
};

export const ReachEnum = describedEnum<Reach>(
  "Reach",
  "The reach of a ticket permission: the tickets it applies to.",
  Object.fromEntries(reaches.map((reach) => [reach, reachTexts[reach]])) as Record<Reach, string>,
);

export const ErrorCodeEnum = describedEnum<ErrorCode>(
  "ErrorCode",
  "The possible values of an error's `extensions.code`.",
  errorCodes,
);

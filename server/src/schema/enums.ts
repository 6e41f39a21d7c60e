import { permissionEnumValue, permissionNames, permissions, type Reach, reaches } from "../access/permissions.ts";
import { type ErrorCode, errorCodes } from "../wire/errors.ts";
import { builder } from "./builder.ts";

/** An enum whose values are described, each once. */
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
  "Ascending or descending; what has no value comes last either way.",
  {
    ASC: "Smallest, oldest or first in the alphabet first.",
    DESC: "Largest, newest or last in the alphabet first.",
  },
);

export const Permission = builder.enumType("Permission", {
  description: "A right that a role can grant.",
  values: Object.fromEntries(
    permissionNames.map((name) => [
      permissionEnumValue(name),
      { value: name as string, description: `\`${name}\`: ${permissions[name].description}.` },
    ]),
  ),
});

const reachTexts: Record<Reach, string> = {
  ASSIGNED: "Tickets assigned to the member.",
  AVAILABLE: "Tickets assigned to the member or to nobody.",
  ALL: "All tickets.",
};

export const ReachEnum = describedEnum<Reach>(
  "Reach",
  "How far a ticket permission goes.",
  Object.fromEntries(reaches.map((reach) => [reach, reachTexts[reach]])) as Record<Reach, string>,
);

export const ErrorCodeEnum = describedEnum<ErrorCode>(
  "ErrorCode",
  "What `extensions.code` of an error can be.",
  errorCodes,
);

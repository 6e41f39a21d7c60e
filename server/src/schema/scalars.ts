import { GraphQLError, Kind } from "graphql";
import { isEmailAddress } from "../inputs/fields.ts";
import { builder } from "./builder.ts";

function text(description: string, rule: string, accepts: (value: string) => boolean) {
  const parse = (value: unknown) => {
    if (typeof value === "string" && accepts(value)) return value;
    throw new GraphQLError(`must be ${rule}; got ${JSON.stringify(value)?.slice(0, 80)}`);
  };
  return {
    description,
    serialize: (value: unknown) => String(value),
    parseValue: parse,
    parseLiteral: (node: { kind: string; value?: unknown }) => parse(node.kind === Kind.STRING ? node.value : null),
  };
}

function parseInstant(value: unknown): Date {
  const isInstant =
    typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value);
  const instant = new Date(isInstant ? (value as string) : Number.NaN);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new GraphQLError(
    `must be an instant with its offset such as "2026-11-23T09:00:00Z"; got ${JSON.stringify(value)?.slice(0, 80)}`,
  );
}

builder.scalarType("DateTime", {
  description: "An instant, ISO 8601 with offset (RFC 3339), to the millisecond: `2026-11-23T09:00:00.000Z`.",
  serialize: (value) => new Date(value).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null),
});
builder.scalarType(
  "DateFilterValue",
  text(
    "A date in a filter: an instant (`2026-11-23T09:00:00Z`), a bare date (`2026-11-23`, that day in the organization's time zone) or an ISO 8601 duration from now (`-P7D`).",
    "an instant, a date or a duration",
    (value) => value.length <= 40,
  ),
);
builder.scalarType(
  "Decimal",
  text("A decimal number as text, never a float: `112.50`.", 'a decimal number such as "112.50"', (value) =>
    /^-?\d{1,12}(\.\d{1,4})?$/.test(value),
  ),
);
builder.scalarType(
  "CurrencyCode",
  text("A currency, ISO 4217: `EUR`.", "a currency code of three capital letters", (value) => /^[A-Z]{3}$/.test(value)),
);
builder.scalarType(
  "EmailAddress",
  text("One e-mail address: `ada@example.com`.", "one e-mail address", (value) => isEmailAddress(value.trim())),
);
builder.scalarType(
  "URL",
  text("An absolute URL.", "an absolute http or https URL", (value) =>
    /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : ""),
  ),
);
builder.scalarType(
  "HexColor",
  text("A colour: `#3b82f6`.", "a colour such as #3b82f6", (value) => /^#[0-9a-f]{6}$/i.test(value)),
);
builder.scalarType(
  "TimeZone",
  text("An IANA time zone: `Europe/Berlin`.", "an IANA time zone", (value) => /^[A-Za-z][\w+/-]{1,63}$/.test(value)),
);
builder.scalarType(
  "Cursor",
  text(
    "A position in a list, opaque: pass it back as it came, to the same list in the same order.",
    "a cursor",
    (value) => value.length <= 2_000,
  ),
);
builder.scalarType(
  "ChangeCursor",
  text(
    "A position in the organization's change log, opaque. Not a page position.",
    "a change cursor",
    (value) => value.length <= 200,
  ),
);

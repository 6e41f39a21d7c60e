import { GraphQLError, Kind, print, type ValueNode } from "graphql";
import { durationForms } from "../lib/duration.ts";
import { builder } from "./builder.ts";

const maxLength = 10_000;

/**
 * Text in a certain form. This checks only that it is text. Operations check the form with their other rules, because
 * they can say where in the input the fault is, which a scalar can't.
 */
function text(name: string, description: string) {
  const parse = (value: unknown) => {
    if (typeof value === "string" && value.length <= maxLength) return value;
    throw new GraphQLError(`${name} must be text; got ${JSON.stringify(value)?.slice(0, 80)}`);
  };
  const refuse = (node: ValueNode) => {
    throw new GraphQLError(`${name} must be text; got ${print(node).slice(0, 80)}`);
  };
  return {
    description,
    serialize: (value: unknown) => String(value),
    parseValue: parse,
    parseLiteral: (node: ValueNode) => (node.kind === Kind.STRING ? parse(node.value) : refuse(node)),
  };
}

const firstInstant = new Date("1900-01-01T00:00:00.000Z");
const lastInstant = new Date("9999-12-31T23:59:59.999Z");

function parseInstant(value: unknown): Date {
  const isInstant =
    typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value);
  const instant = new Date(isInstant ? (value as string) : Number.NaN);
  // An offset can lead outside four-digit years. The database checks the same range.
  if (instant >= firstInstant && instant <= lastInstant) return instant;
  throw new GraphQLError(
    `DateTime must be an instant with its offset such as "2026-11-23T09:00:00Z", from the years 1900 to 9999; got ${JSON.stringify(value)?.slice(0, 80)}`,
  );
}

builder.scalarType("DateTime", {
  description:
    "An instant, ISO 8601 with offset (RFC 3339), to the millisecond: `2026-11-23T09:00:00.000Z`. From 1900 to 9999.",
  serialize: (value) => new Date(value).toISOString(),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : null),
});
const texts = {
  Date: "A day without a time, ISO 8601: `2026-11-25`.",
  DateFilterValue:
    "A date in a filter: an instant (`2026-11-23T09:00:00Z`), a bare date (`2026-11-23`, that day in the organization's time zone) or an ISO 8601 duration from now (`-P7D`).",
  Decimal: "A decimal number as text, never a float: `112.50`.",
  CurrencyCode: "A currency, ISO 4217: `EUR`.",
  EmailAddress: "One e-mail address: `ada@example.com`.",
  URL: "An absolute URL.",
  HexColor: "A colour: `#3b82f6`.",
  TimeZone: "An IANA time zone: `Europe/Berlin`.",
  Cursor: "An opaque position in a list. Pass it back unchanged, to the same list in the same order.",
  ChangeCursor: "An opaque position in the organization's change log. It is not a page cursor.",
} as const;

for (const [name, description] of Object.entries(texts))
  builder.scalarType(name as keyof typeof texts, text(name, description));

function textOrMinutes(value: unknown): string | number {
  if ((typeof value === "string" && value.length <= maxLength) || typeof value === "number") return value;
  throw new GraphQLError(`Duration must be text or whole minutes; got ${JSON.stringify(value)?.slice(0, 80)}`);
}

builder.scalarType("Duration", {
  description: `A duration as people type it: ${durationForms}. 1 minute to 24 hours. For inputs only.`,
  serialize: () => {
    throw new GraphQLError("Duration is allowed only in inputs");
  },
  parseValue: textOrMinutes,
  parseLiteral: (node) => {
    if (node.kind === Kind.INT) return Number(node.value);
    if (node.kind === Kind.STRING) return textOrMinutes(node.value);
    throw new GraphQLError(`Duration must be text or whole minutes; got ${print(node).slice(0, 80)}`);
  },
});

builder.scalarType("JSON", {
  description: "Any JSON value. For outputs only.",
  serialize: (value) => value,
  parseValue: () => {
    throw new GraphQLError("JSON is allowed only in outputs");
  },
});

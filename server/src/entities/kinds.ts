/**
 * The kinds of fields: how a line of text, an instant or a reference appears in the schema, inputs, filters and
 * columns.
 */
import { z } from "zod";
import type { FieldSpec } from "../filters/filter.ts";
import { byAddress, byName } from "../filters/filter.ts";
import * as rules from "../inputs/fields.ts";
import { fromDate } from "../lib/calendar.ts";
import { nameColumns } from "../lib/key.ts";
import { addressKey } from "../lib/mail-address.ts";
import type { IdType } from "../wire/ids.ts";
import type { Declared, FieldOf, Inputs, Kind } from "./field.ts";

/** A function that creates fields of a kind. */
function of<In>(kind: Kind) {
  return <const Uses extends Inputs = Record<never, never>, Null extends true | undefined = undefined>(
    options: Declared<Null, Uses>,
  ): FieldOf<In, Null, Uses> => ({ kind, options });
}

const asText = (toKey: (value: string) => string) => (column: string, isNullable: boolean) =>
  ({ kind: "text", column, toKey, ...(isNullable ? { isNullable } : {}) }) as FieldSpec;

const noKey = (value: string) => value;

/** One line of text, with a maximum length in characters. */
export const line = <const Uses extends Inputs = Record<never, never>, Null extends true | undefined = undefined>(
  max: number,
  options: Declared<Null, Uses>,
) => of<string>({ graphql: "String", input: rules.line(max), filter: asText(noKey), order: { kind: "text" } })(options);

/** Text of several lines; an empty one counts as none. */
export const longText = <const Uses extends Inputs = Record<never, never>, Null extends true | undefined = undefined>(
  max: number,
  options: Declared<Null, Uses>,
) =>
  of<string>({
    graphql: "String",
    input: rules.longText(max),
    toColumns: (column, value) => ({ [column]: options.isNullable ? value || null : value }),
  })(options);

/** Text that inputs can't set. */
export const text = of<string>({ graphql: "String", filter: asText(noKey), order: { kind: "text" } });

/** Text with a given rule and form for comparing. */
export const textBy = <const Uses extends Inputs = Record<never, never>, Null extends true | undefined = undefined>(
  { input, toKey = noKey }: { input?: z.ZodType<string>; toKey?: (value: string) => string },
  options: Declared<Null, Uses>,
) =>
  of<string>({ graphql: "String", ...(input ? { input } : {}), filter: asText(toKey), order: { kind: "text" } })(
    options,
  );

/** The name of an object: compared and ordered ignoring case, searched ignoring accents. */
export const name = of<string>({
  graphql: "String",
  input: rules.line(200),
  toColumns: (_column, value) => nameColumns(value as string),
  keys: ["nameKey", "searchKey"],
  filter: () => byName,
  order: { column: "nameKey", kind: "text" },
});

/** An object's id in another system. */
export const externalId = of<string>({
  graphql: "String",
  input: rules.externalId,
  filter: asText(rules.toExternalId),
});

/** A single address, with its key in another column. */
export const emailAddress = of<string>({
  graphql: "EmailAddress",
  input: rules.emailAddress,
  toColumns: (column, value) => ({ [column]: value, [`${column}Key`]: value && addressKey(value as string) }),
  keys: ["emailKey"],
  filter: () => byAddress,
});

export const phone = of<string>({ graphql: "String", input: rules.phone });
export const texts = of<string[]>({ graphql: "String", isList: true });
export const hexColor = of<string>({ graphql: "HexColor", input: rules.hexColor });
export const url = of<string>({ graphql: "URL", input: rules.httpUrl });
export const timeZone = of<string>({ graphql: "TimeZone", input: rules.timeZone });
export const currency = of<string>({ graphql: "CurrencyCode", input: rules.currency });
export const ticketPrefix = of<string>({ graphql: "String", input: rules.ticketPrefix });

/** A decimal: shown as Money by a hand-written field or not at all; always text, never a float. */
export const decimal = of<string>({ graphql: null, input: rules.hourlyRate.meta({ graphql: "Decimal" }) });

export const integer = of<number>({ graphql: "Int", order: { kind: "number" } });

/** Whole numbers within bounds. */
export const integerBetween = <
  const Uses extends Inputs = Record<never, never>,
  Null extends true | undefined = undefined,
>(
  from: number,
  to: number,
  options: Declared<Null, Uses>,
) => {
  const rule = `must be ${from} to ${to}`;
  return of<number>({ graphql: "Int", input: z.int().min(from, rule).max(to, rule), order: { kind: "number" } })(
    options,
  );
};

export const boolean = of<boolean>({
  graphql: "Boolean",
  input: z.boolean(),
  filter: (column) => ({ kind: "boolean", column }) as FieldSpec,
});

/** Whether a column has a value: `isArchived` means that `archivedAt` is set. */
export const isSet = of<never>({
  graphql: "Boolean",
  fromColumn: (value) => value !== null,
  filter: (column) =>
    ({
      kind: "boolean",
      column,
      toCondition: (value: boolean) => ({ [column]: value ? { not: null } : null }),
    }) as FieldSpec,
});

export const instant = of<Date>({
  graphql: "DateTime",
  input: z.date(),
  filter: (column, isNullable) => ({ kind: "instant", column, ...(isNullable ? { isNullable } : {}) }) as FieldSpec,
  order: { kind: "instant" },
});

/** A day without a time. */
export const day = of<never>({
  graphql: "Date",
  fromColumn: (value) => value && fromDate(value as Date),
  toImage: (value) => value && fromDate(value as Date),
  filter: (column, isNullable) => ({ kind: "day", column, ...(isNullable ? { isNullable } : {}) }) as FieldSpec,
  order: { kind: "instant" },
});

/** One of a closed list; `column` maps to the stored value if that differs. */
export function enumeration<
  const Value extends string,
  const Uses extends Inputs = Record<never, never>,
  Null extends true | undefined = undefined,
>(
  graphql: string,
  values: readonly Value[],
  options: Declared<Null, Uses>,
  column?: { to(value: Value): string | number; from(stored: number): Value },
): FieldOf<Value, Null, Uses> {
  const toColumn = (column?.to ?? noKey) as (value: string) => string | number;
  return of<Value>({
    graphql,
    input: z.enum(values).meta({ graphql }),
    ...(column
      ? {
          toColumns: (name, value) => ({ [name]: value === null ? null : toColumn(value as string) }),
          fromColumn: (value) => column.from(value as number),
          fromImage: (value) => column.from(value as number),
        }
      : {}),
    filter: (name, isNullable) =>
      ({ kind: "enum", column: name, name: graphql, toColumn, ...(isNullable ? { isNullable } : {}) }) as FieldSpec,
    // By the position in the list, which is the stored value or in another column.
    order: { kind: "number" },
  })(options);
}

/**
 * A row of another entity. Its output is written by hand, because visibility of the other row has rules of its own.
 * `seen`: rows that the viewer can't see match no filter.
 */
export function reference<const Uses extends Inputs = Record<never, never>, Null extends true | undefined = undefined>(
  type: IdType,
  options: Declared<Null, Uses>,
): FieldOf<never, Null, Uses> {
  return { kind: { graphql: null, type }, options };
}

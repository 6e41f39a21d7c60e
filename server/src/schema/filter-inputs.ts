/** Filters as GraphQL inputs, derived from the same tables that the compiler reads. */
import type { InputRef } from "@pothos/core";
import type { Permission } from "../access/permissions.ts";
import type { FieldSpec, FilterSpec } from "../filters/filter.ts";
import { builder } from "./builder.ts";

/** The part of Pothos's input builder used with names known only at run time. */
interface Fields {
  field(options: {
    type: unknown;
    description: string;
    access?: { permission: Permission | readonly Permission[] } | undefined;
  }): never;
  boolean(options: { description: string }): never;
}

type Input = InputRef<Record<string, unknown>>;
const inputs = new Map<string, Input>();

interface InputOptions {
  description: string;
  fields(t: Fields): Record<string, never>;
}

/** Pothos knows the fields of inputs by their types; those of filters are known only at run time. */
function implement(ref: Input, options: InputOptions): Input {
  return (ref as unknown as { implement(options: InputOptions): Input }).implement(options);
}

function once(name: string, make: (name: string) => Input): Input {
  let input = inputs.get(name);
  if (!input) {
    input = make(name);
    inputs.set(name, input);
  }
  return input;
}

/** The input type of a filter. */
export function filterInput(spec: FilterSpec): Input {
  return once(spec.name, (name) => {
    const ref = builder.inputRef<Record<string, unknown>>(name);
    inputs.set(name, ref);
    implement(ref, {
      description: spec.description,
      fields: (t: Fields) => ({
        and: t.field({ type: [ref], description: "Matches if all of these conditions hold." }),
        or: t.field({ type: [ref], description: "Matches if at least one of these conditions holds." }),
        not: t.field({ type: ref, description: "Matches if this condition doesn't hold; a missing value matches." }),
        ...Object.fromEntries(
          Object.entries(spec.fields).map(([field, definition]) => [field, t.field(fieldOptions(definition))]),
        ),
      }),
    });
    return ref;
  });
}

function fieldOptions(field: FieldSpec) {
  const { description, permission } = field;
  return { type: fieldInput(field), description, ...(permission ? { access: { permission } } : {}) };
}

function fieldInput(field: FieldSpec): unknown {
  switch (field.kind) {
    case "id":
      return comparators("IdFilter", "Compares an id.", "ID", false);
    case "text":
      return comparators("TextFilter", "Compares text.", "String", true);
    case "enum":
      return comparators(`${field.name}Filter`, `Compares a ${field.name}.`, field.name, false);
    case "instant":
      return field.isAbsolute ? absoluteFilter() : instantFilter();
    case "day":
      return dayFilter();
    case "boolean":
    case "isMe":
      return "Boolean";
    case "one":
      return toOneFilter(field.filter());
    case "many":
      return toManyFilter(field.filter());
    default:
      return field satisfies never;
  }
}

const isNull = "If true, matches a missing value; if false, matches any value.";

function comparators(name: string, description: string, type: string, hasPatterns: boolean): Input {
  return once(name, () =>
    implement(builder.inputRef<Record<string, unknown>>(name), {
      description: `${description} All given comparators must hold.`,
      fields: (t: Fields) => {
        const field = t.field.bind(t);
        return {
          eq: field({ type, description: "Equal to this value." }),
          in: field({ type: [type], description: "Equal to one of these values; an empty list matches nothing." }),
          ...(hasPatterns
            ? {
                contains: field({ type, description: "Contains this text; % and _ are plain characters." }),
                startsWith: field({ type, description: "Starts with this text; % and _ are plain characters." }),
              }
            : {}),
          isNull: field({ type: "Boolean", description: isNull }),
        };
      },
    }),
  );
}

function instantFilter(): Input {
  return once("DateTimeFilter", (name) =>
    implement(builder.inputRef<Record<string, unknown>>(name), {
      description: "Compares an instant. A bare date means that whole day. All given comparators must hold.",
      fields: (t: Fields) => ({
        eq: t.field({ type: "DateFilterValue", description: "At this instant, or on this day." }),
        gte: t.field({ type: "DateFilterValue", description: "At or after this time. A date includes the whole day." }),
        gt: t.field({
          type: "DateFilterValue",
          description: "After this time. A date means after the end of that day.",
        }),
        lte: t.field({
          type: "DateFilterValue",
          description: "At or before this time. A date includes the whole day.",
        }),
        lt: t.field({
          type: "DateFilterValue",
          description: "Before this time. A date means before the start of that day.",
        }),
        isNull: t.boolean({ description: isNull }),
      }),
    }),
  );
}

function absoluteFilter(): Input {
  return once("InstantFilter", (name) =>
    implement(builder.inputRef<Record<string, unknown>>(name), {
      description: "Compares an instant with an instant. All given comparators must hold.",
      fields: (t: Fields) => ({
        eq: t.field({ type: "DateTime", description: "At this instant." }),
        gte: t.field({ type: "DateTime", description: "At or after this instant." }),
        gt: t.field({ type: "DateTime", description: "After this instant." }),
        lte: t.field({ type: "DateTime", description: "At or before this instant." }),
        lt: t.field({ type: "DateTime", description: "Before this instant." }),
        isNull: t.boolean({ description: isNull }),
      }),
    }),
  );
}

function dayFilter(): Input {
  return once("DateFilter", (name) =>
    implement(builder.inputRef<Record<string, unknown>>(name), {
      description:
        "Compares a day. An instant means the day that it falls on in the organization's time zone. All given comparators must hold.",
      fields: (t: Fields) => ({
        eq: t.field({ type: "DateFilterValue", description: "On this day." }),
        gte: t.field({ type: "DateFilterValue", description: "On this day or later." }),
        gt: t.field({ type: "DateFilterValue", description: "After this day." }),
        lte: t.field({ type: "DateFilterValue", description: "On this day or earlier." }),
        lt: t.field({ type: "DateFilterValue", description: "Before this day." }),
        isNull: t.boolean({ description: isNull }),
      }),
    }),
  );
}

/** A relation to at most one row takes that row's own filter, and isNull. */
function toOneFilter(spec: FilterSpec): Input {
  return once(`${spec.name.replace(/Filter$/, "")}RelationFilter`, (name) => {
    const ref = builder.inputRef<Record<string, unknown>>(name);
    inputs.set(name, ref);
    const own = filterInput(spec);
    return implement(ref, {
      description: `${spec.description} Used where another filter refers to such a row.`,
      fields: (t: Fields) => ({
        isNull: t.boolean({ description: "If true, matches rows without a related row; if false, rows with one." }),
        and: t.field({ type: [own], description: "Matches if all of these conditions hold." }),
        or: t.field({ type: [own], description: "Matches if at least one of these conditions holds." }),
        not: t.field({
          type: own,
          description: "Matches if a related row exists and this condition doesn't hold for it.",
        }),
        ...Object.fromEntries(
          Object.entries(spec.fields).map(([field, definition]) => [field, t.field(fieldOptions(definition))]),
        ),
      }),
    });
  });
}

function toManyFilter(spec: FilterSpec): Input {
  return once(`${spec.name.replace(/Filter$/, "")}ListFilter`, (name) => {
    const own = filterInput(spec);
    return implement(builder.inputRef<Record<string, unknown>>(name), {
      description: "Quantifies over a relation. All given quantifiers must hold.",
      fields: (t: Fields) => ({
        some: t.field({ type: own, description: "Matches if at least one related row matches." }),
        none: t.field({ type: own, description: "Matches if no related row matches." }),
        every: t.field({ type: own, description: "Matches if all related rows match, or there are none." }),
      }),
    });
  });
}

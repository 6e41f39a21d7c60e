import type { Permission } from "../access/permissions.ts";
import { dayIn, toDate } from "../lib/calendar.ts";
import type { Condition } from "../lib/condition.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { type IdType, parseGlobalId } from "../wire/ids.ts";
import { type DateContext, dateForms, parseFilterDate } from "./dates.ts";
import type { FieldSpec, FilterSpec } from "./filter.ts";

export interface CompileContext extends DateContext {
  /** Null for API keys: nothing is theirs. */
  memberId: string | null;
  /** Whether the viewer holds it, or one of a list. */
  can(permission: Permission | readonly Permission[]): boolean;
  /** What the viewer can see of a type. */
  visible(type: IdType): Condition;
}

type FilterInput = Record<string, unknown>;
type Path = (string | number)[];

const maxDepth = 8;
const maxConditions = 100;
const maxValues = 500;
/** Looked at before anything is made of a text: normalizing takes more than its length. */
const maxText = 1_000;

/**
 * The filter as a condition for Prisma. Every leaf is true or false and never null (a comparison with
 * a nullable column also asks that there is a value), so that `not` is the complement: what is null
 * matches it, and f and not f together are all.
 *
 * @throws VALIDATION with the path of what it can't read
 */
export function compileFilter(
  spec: FilterSpec,
  input: unknown,
  context: CompileContext,
  root: Path = ["filter"],
): Condition {
  let conditions = 0;
  return compile(spec, input as FilterInput, root, 0);

  function compile(type: FilterSpec, filter: FilterInput, path: Path, depth: number): Condition {
    if (depth > maxDepth) throw invalid(path, `A filter can be nested at most ${maxDepth} deep.`, "TOO_DEEP");
    return {
      AND: Object.entries(filter)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => compileEntry(type, name, value, [...path, name], depth)),
    };
  }

  function compileEntry(type: FilterSpec, name: string, value: unknown, path: Path, depth: number): Condition {
    if (++conditions > maxConditions)
      throw invalid(path, `A filter can have at most ${maxConditions} conditions.`, "TOO_MANY");
    const list = () => (value as FilterInput[]).map((item, index) => compile(type, item, [...path, index], depth + 1));
    if (name === "and") return { AND: list() };
    if (name === "or") return { OR: [...list().map((item) => solid(type, item)), nothing(type)] };
    if (name === "not") return { NOT: solid(type, compile(type, value as FilterInput, path, depth + 1)) };
    const field = type.fields[name];
    if (!field) throw invalid(path, `${type.name} has no filter "${name}".`, "UNKNOWN_FILTER");
    if (field.permission && !context.can(field.permission)) {
      const message = `Filtering by ${path.slice(root.length).join(".")} needs the permission ${[field.permission].flat().join(" or ")}.`;
      throw new DomainError("FORBIDDEN", message, { issues: [{ path, message, code: "FORBIDDEN" }] });
    }
    return compileField(type, field, value, path, depth);
  }

  function compileField(type: FilterSpec, field: FieldSpec, value: unknown, path: Path, depth: number): Condition {
    switch (field.kind) {
      case "one":
        return compileOne(type, field, value as FilterInput, path, depth);
      case "many":
        return compileMany(field, value as FilterInput, path, depth);
      case "isMe":
        return isMe(type, field.column, value as boolean);
      case "boolean":
        return field.toCondition ? field.toCondition(value as boolean) : { [field.column]: value };
      default:
        return compareAll(type, field, value as FilterInput, path, context);
    }
  }

  function isMe(type: FilterSpec, column: string, value: boolean): Condition {
    const mine = context.memberId ? { [column]: context.memberId } : nothing(type);
    return value ? mine : { NOT: mine };
  }

  function compileOne(
    type: FilterSpec,
    field: FieldSpec & { kind: "one" },
    { isNull, ...filter }: FilterInput,
    path: Path,
    depth: number,
  ): Condition {
    const parts: Condition[] = [];
    if (typeof isNull === "boolean") {
      // A relation that is always there is null for nobody. Asked of the column: Prisma's `is: null` also
      // wants the organization to be null.
      if (field.isNullable) parts.push({ [field.column]: isNull ? null : { not: null } });
      else if (isNull) parts.push(nothing(type));
    }
    if (Object.values(filter).some((value) => value !== undefined && value !== null)) {
      const other = field.filter();
      const own = solid(other, compile(other, filter, path, depth + 1));
      parts.push({ [field.relation]: { is: field.seenAs ? { AND: [context.visible(field.seenAs), own] } : own } });
    }
    return { AND: parts };
  }

  function compileMany(field: FieldSpec & { kind: "many" }, value: FilterInput, path: Path, depth: number): Condition {
    const row = (quantifier: string) => {
      const other = field.filter();
      const inner = solid(other, compile(other, value[quantifier] as FilterInput, [...path, quantifier], depth + 1));
      return field.through ? { [field.through]: { is: inner } } : inner;
    };
    const existing = field.existing
      ? [field.through ? { [field.through]: { is: field.existing } } : field.existing]
      : [];
    return {
      AND: ["some", "none", "every"]
        .filter((quantifier) => value[quantifier] != null)
        .map((quantifier) =>
          // "All are" is "none is not": the same complement as everywhere.
          quantifier === "every"
            ? { [field.relation]: { none: { AND: [...existing, { NOT: row(quantifier) }] } } }
            : { [field.relation]: { [quantifier]: { AND: [...existing, row(quantifier)] } } },
        ),
    };
  }
}

function nothing({ key = "id" }: FilterSpec): Condition {
  return { [key]: { in: [] } };
}

/** Prisma takes an empty condition inside OR, NOT or a relation as none at all, and not as true. */
function solid(type: FilterSpec, condition: Condition): Condition {
  return { AND: [condition, everything(type)] };
}

function everything({ key = "id" }: FilterSpec): Condition {
  return { NOT: { [key]: { in: [] } } };
}

type Comparable = Extract<FieldSpec, { kind: "id" | "text" | "enum" | "instant" | "day" }>;

function compareAll(
  type: FilterSpec,
  field: Comparable,
  comparators: FilterInput,
  path: Path,
  context: CompileContext,
): Condition {
  return {
    AND: Object.entries(comparators)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([comparator, value]) => {
        if (comparator === "isNull") return isNull(type, field, value as boolean);
        const condition =
          field.kind === "instant"
            ? compareInstant(comparator, value as string, [...path, comparator], context)
            : field.kind === "day"
              ? compareDay(comparator, value as string, [...path, comparator], context)
              : null;
        if (condition) return place(field, condition);
        return compareValue(field as Valued, comparator, value, [...path, comparator], context);
      }),
  };
}

interface Place {
  /** A relation to many rows, one of which is to match. */
  relation?: string;
  column: string;
  isNullable?: boolean;
}

function place({ relation, column, isNullable }: Place, condition: Condition): Condition {
  if (relation) return { [relation]: { some: { [column]: condition } } };
  return { [column]: isNullable ? { ...condition, not: null } : condition };
}

/** Where a text is compared, and the form that the given value gets for that. */
function textPlace(
  field: Valued & { kind: "text" },
  isPattern: boolean,
  { can }: CompileContext,
): Place & { toKey: (value: string) => string } {
  const { anyOf } = field;
  if (!anyOf) return isPattern && field.search ? field.search : field;
  if (!can(anyOf.permission)) return field;
  return { relation: anyOf.relation, ...(isPattern ? anyOf.search : { column: anyOf.column, toKey: field.toKey }) };
}

function isNull(type: FilterSpec, field: Comparable, wanted: boolean): Condition {
  const isNullable = "isNullable" in field && field.isNullable;
  if (!isNullable) return wanted ? nothing(type) : everything(type);
  return { [field.column]: wanted ? null : { not: null } };
}

type Valued = Exclude<Comparable, { kind: "instant" | "day" }>;

function compareValue(
  field: Valued,
  comparator: string,
  value: unknown,
  path: Path,
  context: CompileContext,
): Condition {
  const isPattern = comparator === "contains" || comparator === "startsWith";
  const text = field.kind === "text" ? textPlace(field, isPattern, context) : null;
  const one = (raw: unknown, at: Path) => {
    if (typeof raw === "string" && raw.length > maxText)
      throw invalid(at, `A text in a filter can have at most ${maxText.toLocaleString("en")} characters.`, "TOO_LONG");
    if (field.kind === "id") return parseGlobalId(field.type, raw as string, at);
    return field.kind === "enum"
      ? field.toColumn(raw as string)
      : (text as NonNullable<typeof text>).toKey(raw as string);
  };
  const put = (condition: Condition) => place(text ?? (field as Place), condition);
  if (comparator === "eq") return put({ equals: one(value, path) });
  if (comparator === "in" && (value as unknown[]).length > maxValues)
    throw invalid(path, `A list in a filter can have at most ${maxValues} values.`, "TOO_MANY");
  if (comparator === "in") return put({ in: (value as unknown[]).map((item, index) => one(item, [...path, index])) });
  // Prisma leaves % and _ in a pattern as wildcards.
  const literal = String(one(value, path)).replace(/[\\%_]/g, "\\$&");
  return put({ [comparator]: literal });
}

function compareInstant(comparator: string, value: string | Date, path: Path, context: CompileContext): Condition {
  const range = value instanceof Date ? { from: value, until: value } : parseFilterDate(value, context);
  if (!range) throw invalid(path, `"${value}" is not a date: give ${dateForms}.`, "INVALID_DATE");
  const { from, until } = range;
  const isDay = until > from;
  switch (comparator) {
    case "eq":
      return isDay ? { gte: from, lt: until } : { equals: from };
    case "gte":
      return { gte: from };
    case "gt":
      return isDay ? { gte: until } : { gt: from };
    case "lt":
      return { lt: from };
    default:
      return isDay ? { lt: until } : { lte: from };
  }
}

/** An instant means the day that it falls on in the organization's zone. */
function compareDay(comparator: string, value: string, path: Path, context: CompileContext): Condition {
  const range = parseFilterDate(value, context);
  if (!range) throw invalid(path, `"${value}" is not a date: give ${dateForms}.`, "INVALID_DATE");
  const day = toDate(dayIn(range.from, context.timeZone));
  return { [comparator === "eq" ? "equals" : comparator]: day };
}

/** Whether the filter names, at any depth of its own type, a field that widens what can match. */
export function isWidening(spec: FilterSpec, input: unknown): boolean {
  if (Array.isArray(input)) return input.some((item) => isWidening(spec, item));
  if (input === null || typeof input !== "object") return false;
  return Object.entries(input).some(([name, value]) => {
    if (value === null || value === undefined) return false;
    if (["and", "or", "not"].includes(name)) return isWidening(spec, value);
    const field = spec.fields[name];
    return field?.kind === "boolean" && field.widens === true;
  });
}

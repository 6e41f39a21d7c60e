import { invalid } from "../errors.ts";
import { parseGlobalId } from "../schema/ids.ts";
import { type DateContext, dateForms, parseFilterDate } from "./dates.ts";
import type { Condition, FieldSpec, FilterSpec } from "./filter.ts";

export interface CompileContext extends DateContext {
  /** Null for API keys: nothing is theirs. */
  memberId: string | null;
}

type FilterInput = Record<string, unknown>;
type Path = (string | number)[];

const maxDepth = 8;
const maxConditions = 100;

/**
 * The filter as a condition for Prisma. Every leaf is true or false and never null (a comparison with
 * a nullable column also asks that there is a value), so that `not` is the complement: what is null
 * matches it, and f and not f together are all.
 *
 * @throws VALIDATION with the path of what it can't read
 */
export function compileFilter(spec: FilterSpec, input: unknown, context: CompileContext): Condition {
  let conditions = 0;
  return compile(spec, input as FilterInput, ["filter"], 0);

  function compile(type: FilterSpec, filter: FilterInput, path: Path, depth: number): Condition {
    if (depth > maxDepth) throw invalid(path, `A filter may be nested ${maxDepth} deep.`, "TOO_DEEP");
    return {
      AND: Object.entries(filter)
        .filter(([, value]) => value !== undefined && value !== null)
        .map(([name, value]) => compileEntry(type, name, value, [...path, name], depth)),
    };
  }

  function compileEntry(type: FilterSpec, name: string, value: unknown, path: Path, depth: number): Condition {
    if (++conditions > maxConditions) throw invalid(path, `A filter may have ${maxConditions} conditions.`, "TOO_MANY");
    const list = () => (value as FilterInput[]).map((item, index) => compile(type, item, [...path, index], depth + 1));
    if (name === "and") return { AND: list() };
    if (name === "or") return { OR: list() };
    if (name === "not") return { NOT: compile(type, value as FilterInput, path, depth + 1) };
    const field = type.fields[name];
    if (!field) throw invalid(path, `There is no filter "${name}" on ${type.name}.`, "UNKNOWN_FILTER");
    return compileField(field, value, path, depth);
  }

  function compileField(field: FieldSpec, value: unknown, path: Path, depth: number): Condition {
    switch (field.kind) {
      case "one":
        return compileOne(field, value as FilterInput, path, depth);
      case "many":
        return compileMany(field, value as FilterInput, path, depth);
      case "isMe":
        return isMe(field.column, value as boolean);
      case "boolean":
        return field.toCondition ? field.toCondition(value as boolean) : { [field.column]: value };
      default:
        return compareAll(field, value as FilterInput, path, context);
    }
  }

  function isMe(column: string, value: boolean): Condition {
    const mine: Condition = context.memberId ? { [column]: context.memberId } : { OR: [] };
    return value ? mine : { NOT: mine };
  }

  function compileOne(
    field: FieldSpec & { kind: "one" },
    { isNull, ...filter }: FilterInput,
    path: Path,
    depth: number,
  ): Condition {
    const parts: Condition[] = [];
    if (typeof isNull === "boolean") {
      // A relation that is always there is null for nobody.
      if (field.isNullable) parts.push({ [field.relation]: isNull ? { is: null } : { isNot: null } });
      else if (isNull) parts.push({ OR: [] });
    }
    if (Object.values(filter).some((value) => value !== undefined && value !== null)) {
      parts.push({ [field.relation]: { is: compile(field.filter(), filter, path, depth + 1) } });
    }
    return { AND: parts };
  }

  function compileMany(
    field: FieldSpec & { kind: "many" },
    value: FilterInput,
    path: Path,
    depth: number,
  ): Condition {
    const row = (quantifier: string) => {
      const inner = compile(field.filter(), value[quantifier] as FilterInput, [...path, quantifier], depth + 1);
      return field.through ? { [field.through]: { is: inner } } : inner;
    };
    return {
      AND: ["some", "none", "every"]
        .filter((quantifier) => value[quantifier] != null)
        .map((quantifier) =>
          // "All are" is "none is not": the same complement as everywhere.
          quantifier === "every"
            ? { [field.relation]: { none: { NOT: row(quantifier) } } }
            : { [field.relation]: { [quantifier]: row(quantifier) } },
        ),
    };
  }
}

type Comparable = Extract<FieldSpec, { kind: "id" | "text" | "enum" | "instant" }>;

function compareAll(field: Comparable, comparators: FilterInput, path: Path, context: CompileContext): Condition {
  return {
    AND: Object.entries(comparators)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([comparator, value]) => {
        if (comparator === "isNull") return isNull(field, value as boolean);
        const condition =
          field.kind === "instant"
            ? compareInstant(comparator, value as string, [...path, comparator], context)
            : compareValue(field, comparator, value, [...path, comparator]);
        const isNullable = "isNullable" in field && field.isNullable;
        return { [field.column]: isNullable ? { ...condition, not: null } : condition };
      }),
  };
}

function isNull(field: Comparable, wanted: boolean): Condition {
  const isNullable = "isNullable" in field && field.isNullable;
  if (!isNullable) return wanted ? { OR: [] } : {};
  return { [field.column]: wanted ? null : { not: null } };
}

function compareValue(
  field: Exclude<Comparable, { kind: "instant" }>,
  comparator: string,
  value: unknown,
  path: Path,
): Condition {
  const one = (raw: unknown, at: Path) => {
    if (field.kind === "id") return parseGlobalId(field.type, raw as string, at);
    return field.kind === "enum" ? field.toColumn(raw as string) : field.toKey(raw as string);
  };
  if (comparator === "eq") return { equals: one(value, path) };
  if (comparator === "in") return { in: (value as unknown[]).map((item, index) => one(item, [...path, index])) };
  // Prisma leaves % and _ in a pattern as wildcards.
  const literal = String(one(value, path)).replace(/[\\%_]/g, "\\$&");
  return { [comparator]: literal };
}

function compareInstant(comparator: string, value: string, path: Path, context: CompileContext): Condition {
  const range = parseFilterDate(value, context);
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

/**
 * A filter as a predicate over an image of the change log: what the compiler makes SQL of, for live updates.
 * A test holds both against each other.
 */
import { parseGlobalId } from "../wire/ids.ts";
import type { FieldSpec, FilterSpec } from "./filter.ts";

type Filter = Record<string, unknown>;
type Image = Record<string, unknown>;

/** `self` is the viewer's member id; null for an API key. */
export function matches(spec: FilterSpec, filter: Filter, image: Image, self: string | null): boolean {
  return Object.entries(filter).every(([name, value]) => {
    if (value === null || value === undefined) return true;
    if (name === "and") return (value as Filter[]).every((one) => matches(spec, one, image, self));
    if (name === "or") return (value as Filter[]).some((one) => matches(spec, one, image, self));
    if (name === "not") return !matches(spec, value as Filter, image, self);
    const field = spec.fields[name];
    if (!field) throw new Error(`There is no filter ${name} on ${spec.name}.`);
    return matchesField(field, value as Filter, image, self);
  });
}

function matchesField(field: FieldSpec, value: Filter, image: Image, self: string | null): boolean {
  switch (field.kind) {
    case "one": {
      const { isNull, ...rest } = value;
      const id = image[field.column] ?? null;
      if (typeof isNull === "boolean" && (id === null) !== isNull) return false;
      if (Object.values(rest).every((part) => part === null || part === undefined)) return true;
      return id !== null && matches(field.filter(), rest, { id }, self);
    }
    case "many": {
      const items = (image[`${field.relation.replace(/s$/, "")}Ids`] as string[] | undefined) ?? [];
      const count = (inner: unknown) =>
        items.filter((id) => matches(field.filter(), inner as Filter, { id }, self)).length;
      return (
        (value.some == null || count(value.some) > 0) &&
        (value.none == null || count(value.none) === 0) &&
        (value.every == null || count(value.every) === items.length)
      );
    }
    case "isMe":
      return (self !== null && image[field.column] === self) === (value as unknown);
    case "boolean":
      return image[field.column] === value;
    default:
      return Object.entries(value).every(
        ([comparator, wanted]) => wanted == null || compares(field, image[field.column] ?? null, comparator, wanted),
      );
  }
}

type Comparable = Extract<FieldSpec, { kind: "id" | "text" | "enum" | "instant" | "day" }>;

function compares(field: Comparable, stored: unknown, comparator: string, wanted: unknown): boolean {
  if (comparator === "isNull") return (stored === null) === wanted;
  if (stored === null) return false;
  if (field.kind === "instant") return compareInstants(comparator, new Date(stored as string), wanted as Date);
  if (field.kind === "day") throw new Error("Days aren't compared live.");
  const one = (raw: unknown) => {
    if (field.kind === "id") return parseGlobalId(field.type, raw as string);
    return field.kind === "enum" ? field.toColumn(raw as string) : field.toKey(raw as string);
  };
  if (comparator === "eq") return stored === one(wanted);
  if (comparator === "in") return (wanted as unknown[]).some((item) => stored === one(item));
  if (comparator === "contains") return String(stored).includes(String(one(wanted)));
  return String(stored).startsWith(String(one(wanted)));
}

function compareInstants(comparator: string, stored: Date, wanted: Date): boolean {
  const difference = stored.getTime() - wanted.getTime();
  switch (comparator) {
    case "eq":
      return difference === 0;
    case "gte":
      return difference >= 0;
    case "gt":
      return difference > 0;
    case "lte":
      return difference <= 0;
    default:
      return difference < 0;
  }
}

/** The filters of an entity, from its table. */
import type { FieldSpec, FilterSpec } from "../filters/filter.ts";
import type { IdType } from "../wire/ids.ts";
import { type Entity, entityOf, plural } from "./entity.ts";
import { columnOf, type Field } from "./field.ts";

const filters = new Map<string, FilterSpec>();
const liveFilters = new Map<string, FilterSpec>();

/** The filter of lists of the entity. */
export function filterOf(name: IdType): FilterSpec {
  return once(filters, name, () => {
    const entity = entityOf(name);
    return {
      name: `${name}Filter`,
      description: `Selects ${plural(name)}. All given conditions must hold.`,
      fields: { id: idFilter(name), ...fieldFilters(entity, specOf), ...extraFilters(entity, false) },
    };
  });
}

/**
 * The part of the filter that depends only on the row itself: its own columns and the ids it refers to. Names of other
 * rows and relative dates can change without the row, so they are left out.
 */
export function liveFilterOf(name: IdType, description: string): FilterSpec {
  return once(liveFilters, name, () => {
    const entity = entityOf(name);
    return {
      name: `${name}LiveFilter`,
      description,
      fields: { id: idFilter(name), ...fieldFilters(entity, liveSpecOf), ...extraFilters(entity, true) },
    };
  });
}

function once(known: Map<string, FilterSpec>, name: string, make: () => FilterSpec): FilterSpec {
  let spec = known.get(name);
  if (!spec) {
    spec = make();
    known.set(name, spec);
  }
  return spec;
}

const idFilter = (type: IdType): FieldSpec => ({ kind: "id", type, column: "id", description: "By id." });

function fieldFilters(entity: Entity, make: (name: string, field: Field) => FieldSpec | null) {
  return Object.fromEntries(
    Object.entries(entity.fields).flatMap(([name, field]) => {
      const spec = make(name, field);
      return spec ? [[name, spec] as const] : [];
    }),
  );
}

function specOf(name: string, field: Field): FieldSpec | null {
  const { filter, read } = field.options;
  if (filter === undefined) return null;
  const permission = read ? { permission: read } : {};
  if (typeof filter !== "string") return { ...permission, ...filter };
  return { ...permission, ...kindOf(name, field), description: filter } as FieldSpec;
}

function kindOf(name: string, { kind, options }: Field): object {
  const column = columnOf(name, { kind, options });
  const isNullable = options.isNullable ?? false;
  const { type } = kind;
  const seenAs = options.isSeenOnly ? { seenAs: type } : {};
  if (type) return { kind: "one", relation: name, column, isNullable, ...seenAs, filter: () => filterOf(type) };
  if (!kind.filter) throw new Error(`Fields such as ${name} can't be filtered by.`);
  return kind.filter(column, isNullable);
}

function liveSpecOf(name: string, field: Field): FieldSpec | null {
  const { filter, isLive } = field.options;
  return isLive && filter !== undefined ? toLive(specOf(name, field) as FieldSpec, isLive) : null;
}

function extraFilters({ filters: others, extras = {} }: Entity, isLive: boolean) {
  const own = Object.values(extras).flatMap(({ field, filter, isLive: isLiveToo }) => {
    if (!filter || (isLive && !isLiveToo)) return [];
    return [[field, isLive ? toLive(filter, true) : filter] as const];
  });
  return { ...Object.fromEntries(own), ...(isLive ? {} : others) };
}

function toLive(spec: FieldSpec, isLive: true | string): FieldSpec {
  const own = typeof isLive === "string" ? { ...spec, description: isLive } : spec;
  if (own.kind === "instant") return { ...own, isAbsolute: true };
  if (own.kind !== "one" && own.kind !== "many") return own;
  const { permission: _permission, ...plain } = own;
  const { seenAs: _seenAs, ...rest } = plain as typeof plain & { seenAs?: IdType };
  return { ...rest, filter: () => byIdAlone(plain.filter().name.replace(/Filter$/, "")) } as FieldSpec;
}

const idFilters = new Map<string, FilterSpec>();

/** Selects rows of another type by id alone, because their other fields change without the referring row. */
function byIdAlone(type: string): FilterSpec {
  return once(idFilters, type, () => ({
    name: `${type}LiveFilter`,
    description: `Selects ${plural(type)} by id alone.`,
    fields: {
      id: idFilter(type as IdType),
      ...(type === "Member"
        ? {
            isMe: {
              kind: "isMe",
              column: "id",
              description: "Whether it is the viewer (true) or another member (false).",
            } as const,
          }
        : {}),
    },
  }));
}

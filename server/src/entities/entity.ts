/**
 * Entity tables: the fields of a feature's rows, declared once. Output fields, inputs with their rules, filters,
 * orders, change images and field permissions derive from them; a field that no table declares appears nowhere.
 */
import type { Permission } from "../access/permissions.ts";
import type { FieldSpec } from "../filters/filter.ts";
import type { IdType } from "../wire/ids.ts";
import { columnOf, type Fields, type Kind, type Options } from "./field.ts";

/** Values in a change image besides the row's own columns, such as ids of linked rows. */
export interface Extra {
  /** The field's name in the change log. */
  field: string;
  /** The entity whose ids it holds. */
  type?: IdType;
  read?: Permission | readonly Permission[];
  filter?: FieldSpec;
  /** Whether the live filter has it, too. */
  isLive?: true;
}

/** A column of the entity's table. */
export interface Column {
  /** Null for keys of a field, and for columns that no field shows. */
  field: { name: string; kind: Kind; options: Options } | null;
  isLogged: boolean;
}

interface Definition<F extends Fields> {
  description: string;
  /** Whether its rows can be authors and actors. */
  isActor?: true;
  /** The column with the member whose row it is, where the owner sees more of it than others with the same permissions. */
  ownedBy?: string;
  /** The description of the field `id`. Default: "The global id." */
  idDescription?: string;
  fields: F;
  /** Columns without a field, each with the reason; the change log doesn't record them. */
  inner: Readonly<Record<string, string>>;
  extras?: Readonly<Record<string, Extra>>;
  /** Filters that involve more than one field. */
  filters?: Readonly<Record<string, FieldSpec>>;
  /** The filter's own description. Default: "Selects labels. All given conditions must hold." */
  defaultOrder?: readonly [field: string, direction: "ASC" | "DESC"];
}

export interface Entity<F extends Fields = Fields> extends Definition<F> {
  name: IdType;
  /** The prefix of its kinds of changes: `time_entry`. */
  subject: string;
  columns: ReadonlyMap<string, Column>;
}

const entities = new Map<string, Entity>();

/** Declares an entity and registers it under its name. */
export function entity<const F extends Fields>(name: IdType, definition: Definition<F>): Entity<F> {
  const made = { ...definition, name, subject: snake(name), columns: columnsOf(name, definition) };
  entities.set(name, made);
  return made;
}

/** @throws Error when a column is named twice */
function columnsOf(entity: IdType, { fields, inner }: Definition<Fields>): Map<string, Column> {
  const columns = new Map<string, Column>();
  const add = (column: string, one: Column) => {
    if (columns.has(column)) throw new Error(`${entity} names the column ${column} twice.`);
    columns.set(column, one);
  };
  for (const column of ["organizationId", "id", ...Object.keys(inner)]) add(column, { field: null, isLogged: false });
  for (const [name, { kind, options }] of Object.entries(fields)) {
    const field = { name, kind, options };
    add(columnOf(name, field), { field, isLogged: options.isLogged !== false });
    for (const key of kind.keys ?? []) add(key, { field: null, isLogged: false });
  }
  return columns;
}

/** @throws Error when the entity's file isn't loaded */
export function entityOf(name: string): Entity {
  const found = entities.get(name);
  if (!found) throw new Error(`There is no entity ${name}; import its .entity.ts.`);
  return found;
}

export function allEntities(): Entity[] {
  return [...entities.values()];
}

const bySubject = new Map<string, Entity | null>();

/** The entity of a change's subject. */
export function entityOfSubject(subject: string): Entity | null {
  let found = bySubject.get(subject);
  if (!found) {
    found = allEntities().find((one) => one.subject === subject) ?? null;
    bySubject.set(subject, found);
  }
  return found;
}

/** The type of what changes of this subject are about. */
export function typeOfSubject(subject: string): IdType {
  const entity = entityOfSubject(subject);
  if (!entity) throw new Error(`No entity table has the subject ${subject}.`);
  return entity.name;
}

/** `TimeEntry` as the table of changes stores it: `time_entry`. */
function snake(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

/** A type's plural in a sentence: Company, companies; TimelineItem, timeline items. */
export function plural(name: string): string {
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.endsWith("y") ? `${words.slice(0, -1)}ies` : `${words}s`;
}

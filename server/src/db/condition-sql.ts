/**
 * A condition (a compiled filter, a viewer's visibility) as SQL, for statements that Prisma can't express:
 * sums, reports, exports. It means the same as in Prisma; a test compares the two.
 * All values in a condition are bound; names come from the data model.
 */

import type { Condition } from "../lib/condition.ts";
import { Prisma } from "./_generated/client/client.ts";
import { getDatamodel } from "./_generated/pothos-types.ts";

/** The tables that a condition can reach. */
const tables = {
  Company: "companies",
  CompanyDomain: "company_domains",
  Contact: "contacts",
  ContactAddress: "contact_addresses",
  Label: "labels",
  Member: "members",
  Message: "messages",
  Role: "roles",
  Ticket: "tickets",
  TicketLabel: "ticket_labels",
  TicketParticipant: "ticket_participants",
  TimeEntry: "time_entries",
} as const;

type Model = keyof typeof tables;

interface Field {
  name: string;
  type: string;
  kind: string;
  isList: boolean;
  relationName?: string;
  relationFromFields?: readonly string[];
}

const models = getDatamodel().datamodel.models as unknown as Record<string, { fields: Field[] }>;

/** `alias` names the model's table in the statement that the condition becomes a part of. */
export function conditionToSql(model: Model, condition: Condition, alias: string): Prisma.Sql {
  let depth = 0;
  return translate(model, condition, alias);

  function translate(of: Model, where: Condition, at: string): Prisma.Sql {
    const parts = Object.entries(where)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => entry(of, name, value, at));
    return all(parts);
  }

  function entry(of: Model, name: string, value: unknown, at: string): Prisma.Sql {
    const list = () => [value].flat().map((item) => translate(of, item as Condition, at));
    if (name === "AND") return all(list());
    if (name === "OR") return any(list());
    if (name === "NOT") return Prisma.sql`not ${all(list())}`;
    const field = models[of]?.fields.find((known) => known.name === name);
    if (!field) throw new Error(`${of} has no field ${name}.`);
    return field.kind === "object" ? related(of, field, value as Condition, at) : compare(field, value, at);
  }

  function related(of: Model, field: Field, value: Condition, at: string): Prisma.Sql {
    const other = field.type as Model;
    if (!tables[other]) throw new Error(`Conditions don't reach the model ${field.type}.`);
    const inner = `r${++depth}`;
    const exists = (where: Condition) =>
      sql`exists (select from ${name(tables[other])} ${name(inner)} where ${join(of, field, at, inner)} and ${translate(other, where, inner)})`;
    if (!field.isList) return exists(((value.is as Condition | undefined) ?? value) as Condition);
    return all(
      Object.entries(value).map(([quantifier, where]) => {
        if (quantifier === "some") return exists(where as Condition);
        if (quantifier === "none") return Prisma.sql`not ${exists(where as Condition)}`;
        throw new Error(`There is no quantifier ${quantifier}.`);
      }),
    );
  }
}

/** Every relation joins by organization and one column, which the side with the column names. */
function join(of: Model, field: Field, at: string, inner: string): Prisma.Sql {
  const own = field.relationFromFields ?? [];
  const tenant = sql`${name(inner)}.organization_id = ${name(at)}.organization_id`;
  if (own.length > 0) return sql`${tenant} and ${name(inner)}.id = ${column(at, own.at(-1) as string)}`;
  const back = models[field.type]?.fields.find(
    (candidate) => candidate.relationName === field.relationName && candidate.type === of && candidate !== field,
  );
  return sql`${tenant} and ${column(inner, back?.relationFromFields?.at(-1) as string)} = ${name(at)}.id`;
}

const operators: Record<string, string> = { gt: ">", gte: ">=", lt: "<", lte: "<=" };

function compare(field: Field, value: unknown, at: string): Prisma.Sql {
  const left = column(at, field.name);
  if (value === null) return sql`${left} is null`;
  if (typeof value !== "object" || value instanceof Date) return sql`${left} = ${bound(field, value)}`;
  return all(
    Object.entries(value)
      .filter(([, operand]) => operand !== undefined)
      .map(([comparator, operand]) => {
        if (comparator === "not" && operand === null) return sql`${left} is not null`;
        if (comparator === "not") return sql`${left} <> ${bound(field, operand)}`;
        if (comparator === "equals") return compare(field, operand, at);
        if (comparator === "in") return sql`${left} = any(${bound(field, operand)})`;
        // The code that made the condition has escaped the pattern's own wildcards.
        if (comparator === "contains") return sql`${left} like '%' || ${String(operand)}::text || '%'`;
        if (comparator === "startsWith") return sql`${left} like ${String(operand)}::text || '%'`;
        const operator = operators[comparator];
        if (!operator) throw new Error(`There is no comparator ${comparator}.`);
        return sql`${left} ${name(operator)} ${bound(field, operand)}`;
      }),
  );
}

/** The value, cast to its type: PostgreSQL can't derive the type of a bound value. */
function bound(field: Field, value: unknown): Prisma.Sql {
  const isList = Array.isArray(value);
  const type = `${typeOf(field)}${isList ? "[]" : ""}`;
  // as never: a bound value can be anything that the driver accepts.
  return Prisma.sql([`cast(`, ` as ${type})`], value as never);
}

function typeOf({ name: field, type }: Field): string {
  if (field === "id" || (field.endsWith("Id") && field !== "externalId")) return "uuid";
  if (type === "DateTime") return field.endsWith("On") ? "date" : "timestamptz";
  const types: Record<string, string> = { Int: "int", Boolean: "boolean", Decimal: "numeric", String: "text" };
  const known = types[type];
  if (!known) throw new Error(`Conditions can't compare a ${type}.`);
  return known;
}

/** A name from the data model or this file, never from outside. */
function name(text: string): Prisma.Sql {
  return Prisma.sql([text]);
}

function column(alias: string, field: string): Prisma.Sql {
  return name(`${alias}.${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`);
}

const { sql } = Prisma;

function all(parts: Prisma.Sql[]): Prisma.Sql {
  return parts.length === 0 ? Prisma.sql`true` : Prisma.sql`(${Prisma.join(parts, " and ")})`;
}

function any(parts: Prisma.Sql[]): Prisma.Sql {
  return parts.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(parts, " or ")})`;
}

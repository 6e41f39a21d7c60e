/** The fields that inputs take, from an entity's table: their rules and descriptions. */
import type { ZodDefault, ZodNullable, ZodOptional, ZodString, ZodType } from "zod";
import type { Entity } from "./entity.ts";
import { columnOf, type Field, type FieldOf, type Fields, type InputUse } from "./field.ts";

/** The type of a field's rule: null clears a nullable field; a `create` requires the others. */
type Rule<One, Use extends string> =
  One extends FieldOf<infer In, infer Null, infer Uses>
    ? Use extends keyof Uses
      ? Null extends true
        ? ZodOptional<ZodNullable<ZodType<In>>>
        : Uses[Use] extends { takesNull: true }
          ? ZodOptional<ZodNullable<ZodType<In>>>
          : Uses[Use] extends { defaultValue: unknown }
            ? ZodDefault<ZodType<In>>
            : Use extends "create"
              ? ZodType<In>
              : ZodOptional<ZodType<In>>
      : never
    : never;

type Shape<F extends Fields, Use extends string> = {
  [Name in keyof F as Rule<F[Name], Use> extends never ? never : Name]: Rule<F[Name], Use>;
};

/** The shape of an input for this purpose: `create`, `update`, `upsert`. */
export function fieldsIn<F extends Fields, Use extends string>({ fields }: { fields: F }, use: Use): Shape<F, Use> {
  const shape: Record<string, ZodType> = {};
  for (const [name, { kind, options }] of Object.entries<Field>(fields)) {
    const given = options.inputs?.[use];
    if (given === undefined) continue;
    const taken: InputUse = typeof given === "string" ? { description: given } : given;
    const { takesNull, ...words } = taken;
    const rule = kind.input;
    if (!rule) throw new Error(`Inputs can't take fields such as ${name}.`);
    shape[name] = ruleFor(rule, use, options.isNullable ?? takesNull ?? false, words.defaultValue).meta(words);
  }
  return shape as Shape<F, Use>;
}

function ruleFor(rule: ZodType, use: string, takesNull: boolean, defaultValue: unknown): ZodType {
  if (takesNull) return rule.nullish();
  if (defaultValue !== undefined) return (rule as ZodString).default(defaultValue as string);
  return use === "create" ? rule : rule.optional();
}

/** The columns that the given fields set; omitted fields stay unchanged. */
export function columnsOf({ fields }: Entity, given: object): Record<string, unknown> {
  const columns: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const field = fields[name];
    // References and what has rules of its own, such as a status, are the operation's to set.
    if (!field?.options.inputs || value === undefined) continue;
    const column = columnOf(name, field);
    Object.assign(columns, field.kind.toColumns?.(column, value) ?? { [column]: value });
  }
  return columns;
}

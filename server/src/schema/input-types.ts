/** GraphQL input types and arguments, derived from the inputs of operations; see inputs/input.ts. */
import type { InputRef } from "@pothos/core";
import { type GlobalMeta, type ZodObject, type ZodType, z } from "zod";
import { builder } from "./builder.ts";
import { filterInput } from "./filter-inputs.ts";

/** The options of Pothos's input builders, with types known only at run time. */
interface Options {
  type: unknown;
  description: string;
  required?: true;
  defaultValue?: unknown;
  access?: GlobalMeta["access"];
}

type MakeField = (options: Options) => never;

/** The arguments of an operation, from its input. */
export function argumentsOf(input: ZodType, arg: unknown): never {
  // as never: Pothos can't know the names of arguments built at run time.
  return fieldsOf(input as ZodObject, arg as MakeField) as never;
}

function fieldsOf({ shape }: ZodObject, make: MakeField): Record<string, never> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, rule]) => [name, make(optionsOf(name, rule as ZodType))]),
  );
}

function optionsOf(name: string, rule: ZodType): Options {
  const { description, defaultValue, access } = metaOf(rule);
  if (!description) throw new Error(`The input ${name} has no description.`);
  return {
    type: typeOf(name, rule),
    description,
    ...(isOptional(rule) ? {} : { required: true }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(access ? { access } : {}),
  };
}

type Def = { type: string; innerType?: ZodType; in?: ZodType; element?: ZodType; check?: string; format?: string };
const defOf = (rule: ZodType) => rule._zod.def as unknown as Def;

const wrappers = ["optional", "nullable", "default", "prefault", "nonoptional", "readonly"];

/** From the rule and the rules it wraps; the outermost value wins. */
function metaOf(rule: ZodType): GlobalMeta {
  const inner = innerOf(rule);
  return { ...(inner ? metaOf(inner) : {}), ...z.globalRegistry.get(rule) };
}

function innerOf(rule: ZodType): ZodType | undefined {
  const { type, innerType, in: input } = defOf(rule);
  return wrappers.includes(type) ? innerType : type === "pipe" ? input : undefined;
}

function isOptional(rule: ZodType): boolean {
  if (["optional", "nullable", "default"].includes(defOf(rule).type)) return true;
  const inner = innerOf(rule);
  return inner ? isOptional(inner) : false;
}

function typeOf(name: string, rule: ZodType): unknown {
  const { graphql, inputType, typedAs, filterSpec } = metaOf(rule);
  if (typedAs) return typeOf(name, typedAs as ZodType);
  if (filterSpec) return filterInput(filterSpec());
  const core = coreOf(rule);
  const { type, element, format } = defOf(core);
  if (type === "array") return [typeOf(name, element as ZodType)];
  if (graphql) return graphql;
  if (inputType) return inputTypeOf(core as ZodObject);
  const scalar = scalars[type === "number" && format === "safeint" ? "int" : type];
  if (!scalar)
    throw new Error(`The input ${name} is a ${type}, which has no type in the schema; name one in its meta.`);
  return scalar;
}

const scalars: Record<string, string> = { string: "String", boolean: "Boolean", int: "Int", date: "DateTime" };

function coreOf(rule: ZodType): ZodType {
  const inner = innerOf(rule);
  return inner ? coreOf(inner) : rule;
}

const types = new Map<string, InputRef<unknown>>();

/** The input type with this name; inputs with the same name share one type. */
export function inputTypeOf<Input extends ZodObject>(input: Input): InputRef<z.input<Input>> {
  const { name, ...options } = metaOf(input).inputType as NonNullable<GlobalMeta["inputType"]>;
  let ref = types.get(name);
  if (!ref) {
    ref = builder.inputRef<never>(name);
    types.set(name, ref);
    (ref as unknown as { implement(options: object): unknown }).implement({
      ...options,
      extensions: { isDerived: true },
      fields: (t: { field: MakeField }) => fieldsOf(input, (options) => t.field(options)),
    });
  }
  return ref as InputRef<z.input<Input>>;
}

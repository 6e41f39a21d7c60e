import { readFileSync } from "node:fs";
import path from "node:path";
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  parse,
} from "graphql";
import { describe, expect, it } from "vitest";
import { permissionNames } from "../src/access/permissions.ts";
import { printSchema } from "../src/print-schema.ts";
import { buildSchema } from "../src/schema.ts";
import { pagesOfQueries, wholeLists } from "../src/transport/document-cost.ts";
import { errorCodes } from "../src/wire/errors.ts";

const schema = buildSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !["String", "Int", "Float", "Boolean", "ID"].includes(type.name),
);

function* elements(type: GraphQLNamedType): Generator<[string, string | null | undefined]> {
  yield [type.name, type.description];
  if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value.description];
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field.description];
      if ("args" in field)
        for (const arg of field.args) yield [`${type.name}.${field.name}(${arg.name})`, arg.description];
    }
  }
}

describe("schema.graphql", () => {
  it("has no page that the guard of documents doesn't count", () => {
    const pages = types.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields())
            .filter(({ args }) => args.some(({ name }) => name === "first"))
            .map(({ name }) => name)
        : [],
    );
    expect([...new Set(pages)].sort()).toEqual([...pagesOfQueries.keys()].sort());
  });

  it("has no list at the root that comes whole and that an operation's cost doesn't know", () => {
    const lists = Object.values(schema.getQueryType()?.getFields() ?? {})
      .filter(({ type, args }) => /^\[\w+!\]!?$/.test(String(type)) && args.length === 0)
      .map(({ name }) => name);
    expect(lists.sort()).toEqual([...wholeLists.keys()].sort());
  });

  it("is what the code prints; after a change run npm run schema:print", () => {
    expect(readFileSync(path.resolve(import.meta.dirname, "../../schema.graphql"), "utf8")).toBe(printSchema());
    expect(() => parse(printSchema())).not.toThrow();
  });

  it("is sorted", () => {
    const names = [...printSchema().matchAll(/^(?:type|input|enum|interface|scalar) (\w+)/gm)].map(
      ([, name]) => name as string,
    );
    expect(names).toEqual([...names].sort());
  });

  it("describes every type, field, argument and value", () => {
    expect(
      types
        .flatMap((type) => [...elements(type)])
        .filter(([, description]) => !description?.trim())
        .map(([name]) => name),
    ).toEqual([]);
  });

  it("prints @access wherever the description says that a right is needed, and nowhere else", () => {
    const described = types.flatMap((type) =>
      isObjectType(type) || isInputObjectType(type)
        ? Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field }))
        : [],
    );
    const access = (field: { extensions: object }) =>
      (field.extensions as { directives?: { access?: unknown } }).directives?.access !== undefined;
    const needing = described.filter(({ field }) => /Needs the permission/.test(field.description ?? ""));
    expect(needing.length).toBeGreaterThan(30);
    expect(needing.filter(({ field }) => !access(field)).map(({ name }) => name)).toEqual([]);
    expect(described.filter(({ field }) => access(field)).length).toBe(needing.length);
    expect(printSchema().match(/@access\(/g)?.length).toBe(needing.length + 1);
  });

  it("tells the codes of every root field, and has no other codes than the table's", () => {
    for (const root of [schema.getQueryType(), schema.getMutationType()])
      for (const field of Object.values(root?.getFields() ?? {})) {
        const codes = /Errors: ([A-Z_, ]+)\./.exec(field.description ?? "")?.[1]?.split(", ") ?? [];
        expect(codes.length, field.name).toBeGreaterThan(0);
        for (const code of codes) expect(Object.keys(errorCodes)).toContain(code);
      }
    const printed = schema.getType("ErrorCode");
    expect(
      isEnumType(printed) &&
        printed
          .getValues()
          .map(({ name }) => name)
          .sort(),
    ).toEqual(Object.keys(errorCodes).sort());
  });

  it("has every permission as an enum value", () => {
    const permission = schema.getType("Permission");
    expect(isEnumType(permission) && permission.getValues().length).toBe(permissionNames.length);
  });

  it("makes every list and its items non-null, but the nodes that may not be seen", () => {
    const nullable = types.flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter((field) => /\[/.test(String(field.type)) && !/^\[\w+!\]!$/.test(String(field.type)))
            .map((field) => `${type.name}.${field.name}: ${field.type}`)
        : [],
    );
    expect(nullable.sort()).toEqual([
      "Company.domains: [String!]",
      "Contact.otherEmails: [EmailAddress!]",
      "Contact.otherPhones: [String!]",
      "Query.nodes: [Node]!",
      "Role.grants: [Grant!]",
    ]);
  });
});

/** Everything that the API has, the SDK has; and what it exports changes only on purpose. */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as sdk from "@tiketti/sdk";
import * as documents from "@tiketti/sdk/documents";
import * as operations from "@tiketti/sdk/operations";
import * as testing from "@tiketti/sdk/testing";
import * as webhooks from "@tiketti/sdk/webhooks";
import { buildSchema, type DocumentNode, parse, print, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { methods } from "../codegen/methods.ts";
import { onceOnly } from "../src/once.ts";

const schema = buildSchema(readFileSync(path.resolve(import.meta.dirname, "../../schema.graphql"), "utf8"));
const roots = {
  query: schema.getQueryType(),
  mutation: schema.getMutationType(),
  subscription: schema.getSubscriptionType(),
};
const tiketti = sdk.createTiketti({ url: "http://127.0.0.1:9" }) as unknown as Record<string, Record<string, unknown>>;

describe("the schema", () => {
  it("has no root field without a method, and no method is of a field that isn't there", () => {
    const known = Object.values(methods).flatMap((list) => Object.values(list));
    for (const [kind, type] of Object.entries(roots))
      for (const name of Object.keys(type?.getFields() ?? {}))
        expect(
          known.some((method) => method[kind as keyof typeof roots] === name),
          `${kind} ${name}`,
        ).toBe(true);
    for (const [resource, list] of Object.entries(methods))
      for (const name of Object.keys(list))
        expect(tiketti[resource]?.[name], `${resource}.${name}`).toBeTypeOf("function");
  });

  it("has all that is sent only once", () => {
    for (const name of onceOnly) expect(Object.keys(roots.mutation?.getFields() ?? {})).toContain(name);
  });

  it("accepts every document, and the nodes say the same as the texts", () => {
    const texts = Object.entries(operations);
    expect(texts.length).toBeGreaterThan(90);
    for (const [name, text] of texts) {
      const document = parse(String(text));
      expect(validate(schema, document), name).toEqual([]);
      const node = (documents as Record<string, unknown>)[`${name}Document`] as DocumentNode;
      expect(print(node).replace(/\s+/g, " "), name).toBe(print(document).replace(/\s+/g, " "));
    }
  });
});

describe("exports", () => {
  it("are these", () => {
    const names = (module: object) => Object.keys(module).sort();
    expect(names(sdk)).toEqual(["List", "TikettiError", "createClient", "createTiketti", "isTikettiError", "paginate"]);
    expect(names(webhooks)).toEqual(["WebhookError", "signWebhook", "verifyWebhook"]);
    expect(names(testing)).toEqual(["FakeError", "fakeApi", "liveChange", "webhook"]);
    expect(
      Object.entries(methods).map(([resource, list]) => `${resource}: ${Object.keys(list).join(" ")}`),
    ).toMatchSnapshot();
  });

  it("have these types", () => {
    const files = [
      "client",
      "core",
      "errors",
      "live",
      "live-types",
      "options",
      "pagination",
      "testing",
      "typed",
      "webhooks",
    ];
    for (const name of files) expect(typesOf(name)).toMatchSnapshot(name);
  });
});

/** The declarations that partners compile against; their descriptions may change without notice. */
function typesOf(name: string): string {
  const declarations = readFileSync(path.resolve(import.meta.dirname, `../dist/${name}.d.ts`), "utf8");
  return declarations.replace(/^ *\/\*\*[\s\S]*?\*\/\n/gm, "");
}

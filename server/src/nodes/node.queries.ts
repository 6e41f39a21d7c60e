import { builder } from "../schema/builder.ts";
import { Node } from "../schema/interfaces.ts";
import type { TypedRow } from "../schema/rows.ts";
import { invalid, notFound } from "../wire/errors.ts";
import { parseAnyId } from "../wire/ids.ts";
import { findNodes } from "./node.read.ts";

const maxIds = 100;

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: "Returns any object by its global id.",
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { id: t.arg({ type: "ID", required: true, description: "The global id." }) },
    resolve: async (_root, { id }, context, info) => {
      const { type, uuid } = parseAnyId(id);
      const row = (await findNodes(context, info, type, [uuid])).get(uuid);
      if (!row) throw notFound(`This ${type.toLowerCase()}`);
      return row;
    },
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: `Returns up to ${maxIds} objects by their global ids, in the same order; null for each one that the viewer can't see.`,
    errors: ["VALIDATION"],
    args: { ids: t.arg({ type: ["ID"], required: true, description: `The global ids, at most ${maxIds}.` }) },
    resolve: async (_root, { ids }, context, info) => {
      if (ids.length > maxIds)
        throw invalid(
          ["ids"],
          `A request can have at most ${maxIds} ids, and this one has ${ids.length}; split it into several.`,
          "TOO_MANY",
        );
      const parsed = ids.map((id, index) => parseAnyId(id, ["ids", index]));
      const byType = Map.groupBy(parsed, ({ type }) => type);
      const found = new Map<string, TypedRow>();
      for (const [type, group] of byType) {
        const rows = await findNodes(context, info, type, [...new Set(group.map(({ uuid }) => uuid))]);
        for (const [id, row] of rows) found.set(`${type} ${id}`, row);
      }
      return parsed.map(({ type, uuid }) => found.get(`${type} ${uuid}`) ?? null);
    },
  }),
}));

import { requireViewer } from "../access/viewer.ts";
import type { Change as Row } from "../changes/change.ts";
import { seesChange } from "../changes/change.visibility.ts";
import { readChanges } from "../changes/feed.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { invalid } from "../wire/errors.ts";
import { defaultChanges } from "../wire/page-size.ts";
import { Change, type ChangeEvent, ChangeKindEnum } from "./change.type.ts";
import { expired, requireReplayable, tooOld } from "./follow.ts";

interface PageShape {
  nodes: ChangeEvent[];
  organizationId: string;
  number: number;
  hasMore: boolean;
}

const ChangePage = builder.objectRef<PageShape>("ChangePage").implement({
  description: "A page of changes after a position, in order.",
  fields: (t) => ({
    nodes: t.field({
      type: [Change],
      description: "The changes that the viewer can see.",
      resolve: ({ nodes }) => nodes,
    }),
    cursor: t.field({
      type: "ChangeCursor",
      description: "The position that was read up to. Pass it as `after` to continue, even when `nodes` is empty.",
      resolve: ({ organizationId, number }, _args, context) =>
        context.cursors.encodeChange(organizationId, BigInt(number)),
    }),
    hasMore: t.exposeBoolean("hasMore", { description: "Whether there are more changes after `cursor`." }),
  }),
});

const maxChanges = 500;
/** The most changes that one request looks at, however few of them the viewer can see. */
const maxScanned = 5_000;

builder.queryFields((t) => ({
  changes: t.field({
    type: ChangePage,
    description:
      "Lists the changes after a position, so that you can keep a copy of the data. Read a list, then continue from its `asOf`, and you miss nothing. The subscription of the same name delivers changes as they happen.",
    errors: ["VALIDATION", "CURSOR_EXPIRED"],
    args: {
      after: t.arg({
        type: "ChangeCursor",
        required: true,
        description: "The position to start after: a list's `asOf`, or the `cursor` of a payload or a change.",
      }),
      kinds: t.arg({
        type: [ChangeKindEnum],
        description: "The kinds to include: changes with at least one of them. Default: all.",
      }),
      first: t.arg.int({
        description: `The maximum number of changes: 1 to ${maxChanges}. Default: ${defaultChanges}.`,
      }),
    },
    resolve: async (_root, { after, kinds, first }, context) => {
      const { organizationId } = requireViewer(context);
      const from = context.cursors.decodeChange(organizationId, after, "after");
      const take = first ?? defaultChanges;
      if (take < 1 || take > maxChanges)
        throw invalid(["first"], `first must be 1 to ${maxChanges}; it is ${take}.`, "OUT_OF_RANGE");
      const head = await context.db.changeHead.findFirst({ select: { lastNumber: true } });
      await requireReplayable(context, from, Number(head?.lastNumber ?? 0));
      return readPage(context, from, take, kinds as string[] | null | undefined);
    },
  }),
}));

async function readPage(
  context: Context,
  from: number,
  take: number,
  kinds: readonly string[] | null | undefined,
): Promise<PageShape> {
  const viewer = requireViewer(context);
  const nodes: ChangeEvent[] = [];
  let number = from;
  for (let scanned = 0; scanned < maxScanned; ) {
    const rows = await readChanges(context.db, number, maxChanges);
    const tickets = await readTickets(context, rows);
    for (const change of rows) {
      if (nodes.length === take) return { nodes, organizationId: viewer.organizationId, number, hasMore: true };
      if (change.number !== number + 1) throw expired(tooOld);
      number = change.number;
      scanned++;
      if (kinds && !change.kinds.some((kind) => kinds.includes(kind))) continue;
      const ticket = change.ticketId ? (tickets.get(change.ticketId) ?? null) : null;
      if (seesChange(viewer, change, ticket)) nodes.push({ change, viewer, ticket });
    }
    if (rows.length < maxChanges) return { nodes, organizationId: viewer.organizationId, number, hasMore: false };
  }
  return { nodes, organizationId: viewer.organizationId, number, hasMore: true };
}

async function readTickets(context: Context, changes: readonly Row[]) {
  const ids = [...new Set(changes.flatMap(({ ticketId }) => ticketId ?? []))];
  const rows = await context.db.ticket.findMany({
    where: { id: { in: ids } },
    select: { id: true, assigneeId: true, deletedAt: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

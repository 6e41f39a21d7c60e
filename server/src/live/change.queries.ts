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
  description: "Changes after a position, in their order.",
  fields: (t) => ({
    nodes: t.field({
      type: [Change],
      description: "The changes that the viewer may see.",
      resolve: ({ nodes }) => nodes,
    }),
    cursor: t.field({
      type: "ChangeCursor",
      description: "The position up to which was read; `after` this goes on, also when nothing was to be seen.",
      resolve: ({ organizationId, number }, _args, context) =>
        context.cursors.encodeChange(organizationId, BigInt(number)),
    }),
    hasMore: t.exposeBoolean("hasMore", { description: "Whether there was more after it." }),
  }),
});

const maxChanges = 500;
/** So many changes are looked at in one request at most, however few of them the viewer may see. */
const maxScanned = 5_000;

builder.queryFields((t) => ({
  changes: t.field({
    type: ChangePage,
    description:
      "What happened after a position, for who keeps a copy: list, then read on from the list's `asOf`, and nothing is missed. The subscription of the same name tells it as it happens.",
    errors: ["VALIDATION", "CURSOR_EXPIRED"],
    args: {
      after: t.arg({
        type: "ChangeCursor",
        required: true,
        description: "The position: a list's `asOf`, a payload's or a change's `cursor`.",
      }),
      kinds: t.arg({ type: [ChangeKindEnum], description: "Only changes with one of these kinds. Default: all." }),
      first: t.arg.int({ description: `How many at most: 1 to ${maxChanges}. Default: ${defaultChanges}.` }),
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

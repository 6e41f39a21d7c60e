/** Who is signed in, and what menus choose from. */
import type { Tiketti } from "@tiketti/sdk";
import { useCallback, useState } from "react";
import type { Label, Member, Viewer } from "../desk-context.ts";
import { position } from "./position.ts";
import { useLoop } from "./use-loop.ts";

export interface DeskData {
  viewer: Viewer | null;
  members: readonly Member[];
  labels: readonly Label[];
}

const kinds = [
  "MEMBER_CREATED",
  "MEMBER_UPDATED",
  "MEMBER_REMOVED",
  "LABEL_CREATED",
  "LABEL_UPDATED",
  "LABEL_DELETED",
  "LABEL_MERGED",
] as const;

export function useDeskData(tiketti: Tiketti): DeskData {
  const [data, setData] = useState<DeskData>({ viewer: null, members: [], labels: [] });
  const run = useCallback(
    async (signal: AbortSignal) => {
      const read = async () => {
        const found = await readDeskData(tiketti);
        if (!signal.aborted) setData(found);
      };
      const after = await position(tiketti, signal);
      await read();
      for await (const _change of tiketti.changes.follow({ kinds, after, signal })) await read();
    },
    [tiketti],
  );
  useLoop(run, () => {});
  return data;
}

async function readDeskData(tiketti: Tiketti): Promise<DeskData> {
  const [{ viewer, labels }, members] = await Promise.all([
    tiketti.query({
      viewer: { roleName: true, actor: { id: true, name: true }, permissions: { permission: true, reach: true } },
      labels: { id: true, name: true, color: true },
    }),
    tiketti.members.list({ filter: { isActive: true }, first: 100 }).toArray({ limit: 500 }),
  ]);
  return {
    viewer: { ...viewer.actor, roleName: viewer.roleName, permissions: viewer.permissions },
    members: members.map(({ id, name }) => ({ id, name })),
    labels,
  };
}

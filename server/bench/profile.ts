/** Where the time goes in a profile: the share of each package in the time that wasn't idle. */
export interface Profile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  timeDeltas: number[];
}

export function printProfile({ nodes, samples, timeDeltas }: Profile, requests: number): void {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]));
  const spentUs = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const owner = owners.get(id) as string;
    spentUs.set(owner, (spentUs.get(owner) ?? 0) + (timeDeltas[index] as number));
  }
  spentUs.delete("(idle)");
  const total = [...spentUs.values()].reduce((sum, value) => sum + value, 0);
  console.log(
    `\nWhere Node's time goes in the ticket list (${requests} requests, ${(total / 1_000 / requests).toFixed(2)} ms each):`,
  );
  for (const [owner, us] of [...spentUs].sort((a, b) => b[1] - a[1]).slice(0, 14))
    console.log(
      `  ${owner.padEnd(28)} ${((100 * us) / total).toFixed(1).padStart(5)} %  ${(us / 1_000 / requests).toFixed(3)} ms`,
    );
}

function ownerOf({ functionName, url }: { functionName: string; url: string }): string {
  if (functionName === "(idle)") return "(idle)";
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(program)") return "(program)";
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage) return inPackage;
  if (url.startsWith("wasm")) return "@prisma/client (wasm)";
  if (/_generated/.test(url)) return "@prisma/client";
  if (/\/server\/src\//.test(url)) return "ours";
  return url.startsWith("node:") || url === "" ? "node" : "other";
}

import type { Tiketti } from "@tiketti/sdk";

/** A position in the change log from before what is read next: followed from here, nothing falls between. */
export async function position(tiketti: Tiketti, signal: AbortSignal): Promise<string> {
  const { members } = await tiketti.query({ members: { $: { first: 1 }, asOf: true } }, { signal });
  return members.asOf;
}

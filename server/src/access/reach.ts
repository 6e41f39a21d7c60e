/** How far a ticket permission goes, as a condition on tickets: the one place that says what each reach means. */
import type { Reach } from "./permissions.ts";

/** Matches nothing, whatever else is asked: `id` is never in an empty list. */
export const nothing = { id: { in: [] as string[] } };

/** @param self the viewer's member id; null for an API key, to which no ticket is ever assigned */
export function reachCondition(reach: Reach | null | undefined, self: string | null) {
  switch (reach) {
    case "ALL":
      return {};
    case "AVAILABLE":
      return { OR: [{ assigneeId: null }, ...(self ? [{ assigneeId: self }] : [])] };
    case "ASSIGNED":
      return self ? { assigneeId: self } : nothing;
    case null:
    case undefined:
      return nothing;
    default:
      return reach satisfies never;
  }
}

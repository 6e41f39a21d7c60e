import type { TenantClient } from "../db/index.ts";
import { startShared } from "../lib/shared-work.ts";
import type { Change } from "./change.ts";
import type { TicketState } from "./change.visibility.ts";

interface Known {
  sight: TicketState | null;
  /** The number of the latest change that was known of when it was read. */
  asOf: number;
  readAt: number;
}

/** One that was looked at a moment ago may have moved since, by a change that isn't heard of yet. */
const freshMs = 1_000;
const readAtOnce = 100;
const keptStates = 2_000;

/**
 * The tickets that changes are about, as they are now: what tells whether a viewer may be told. Looked at once
 * for all who follow, and anew after each change of the ticket.
 */
export class TicketStates {
  readonly #db: TenantClient;
  readonly #known = new Map<string, Promise<Known>>();
  /** Of those, what has come. */
  readonly #settled = new Map<string, Known>();
  /** The number of each ticket's latest change, of those that are kept. */
  readonly #latest = new Map<string, number>();

  constructor(db: TenantClient) {
    this.#db = db;
  }

  /** A change that was read: what is known of its ticket may be over. */
  heard({ ticketId, number }: Change): void {
    if (ticketId) this.#latest.set(ticketId, number);
  }

  forget({ ticketId, number }: Change): void {
    if (ticketId && this.#latest.get(ticketId) === number) this.#latest.delete(ticketId);
  }

  /** Undefined where it has to be looked at, or looked at again. */
  known(change: Change): TicketState | null | undefined {
    const known = this.#settled.get(change.ticketId as string);
    return known && this.#isValid(known, change) ? known.sight : undefined;
  }

  /** `page`: what is asked about next, looked at together. `last`: the latest change that is known of. */
  async of(change: Change, page: readonly Change[], last: number): Promise<TicketState | null> {
    const ticketId = change.ticketId as string;
    for (;;) {
      const looking = this.#known.get(ticketId);
      const known = await looking?.catch(() => undefined);
      if (known && this.#isValid(known, change)) return known.sight;
      // Somebody else may have begun to look while this waited: then that is waited for.
      if (this.#known.get(ticketId) !== looking) continue;
      const next = page.filter((one) => one.number >= change.number && one.ticketId);
      const ids = next.map((one) => one.ticketId as string);
      return (await this.#read(ticketId, [...new Set(ids)].slice(0, readAtOnce), last)).sight;
    }
  }

  #isValid({ asOf, readAt }: Known, { ticketId, number }: Change): boolean {
    const latest = Math.max(number, this.#latest.get(ticketId as string) ?? 0);
    return asOf >= latest && performance.now() - readAt < freshMs;
  }

  #read(ticketId: string, others: string[], asOf: number): Promise<Known> {
    const ids = [...new Set([ticketId, ...others])];
    const readAt = performance.now();
    const select = { id: true, assigneeId: true, deletedAt: true };
    const reading = startShared(async () => {
      const rows = await this.#db.ticket.findMany({ where: { id: { in: ids } }, select });
      return new Map(rows.map((row) => [row.id, row]));
    });
    for (const id of ids) {
      const known = reading.then((found) => ({ sight: found.get(id) ?? null, asOf, readAt }));
      // Who waits for it hears of a failure; nobody else has to.
      known.then(
        (settled) => this.#known.get(id) === known && this.#settled.set(id, settled),
        () => this.#known.get(id) === known && this.#known.delete(id),
      );
      this.#known.delete(id);
      this.#settled.delete(id);
      this.#known.set(id, known);
    }
    while (this.#known.size > keptStates) {
      const oldest = this.#known.keys().next().value as string;
      this.#known.delete(oldest);
      this.#settled.delete(oldest);
    }
    return this.#known.get(ticketId) as Promise<Known>;
  }
}

/**
 * One reader of an organization's change log per process, however many follow it. It keeps the latest
 * changes; who is further behind reads the log itself. Each follower pulls at its own pace, so that nothing
 * is ever kept for a slow one.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { Database, TenantClient } from "../db/index.ts";
import { startShared } from "../lib/shared-work.ts";
import { type Change, toChange } from "./change.ts";
import type { TicketState } from "./change.visibility.ts";
import { TicketStates } from "./ticket-states.ts";
import type { ChangeKind } from "./topics.ts";
import type { WakeUp } from "./wake-up.ts";

/** Behind lost hints. */
const pollMs = 2_000;
const readAtOnce = 500;
const keptChanges = 1_024;
/** Kinds of changes that take what earlier ones said of their subject out of the log. */
const erasures: ReadonlySet<string> = new Set<ChangeKind>(["contact.anonymized", "contact.deleted", "ticket.purged"]);
/** A feed that nobody follows is kept for a moment: a reload follows again. */
const idleMs = 30_000;

export class Feeds {
  readonly #database: Database;
  readonly #log: Logger;
  readonly #feeds = new Map<string, Feed>();

  constructor(database: Database, wakeUp: WakeUp, log: Logger) {
    this.#database = database;
    this.#log = log;
    wakeUp.listen((organizationId) => {
      if (organizationId !== null) this.#feeds.get(organizationId)?.wake();
      else for (const feed of this.#feeds.values()) feed.wake();
    });
  }

  /** The organization's feed, at the head of its log as it is now at the earliest; held until the signal is aborted. */
  async follow(organizationId: string, signal: AbortSignal): Promise<Feed> {
    const feed = this.#hold(organizationId);
    let isHeld = true;
    const release = () => {
      if (isHeld) feed.release();
      isHeld = false;
    };
    signal.addEventListener("abort", release, { once: true });
    try {
      await feed.catchUp();
    } catch (error) {
      release();
      throw error;
    }
    if (signal.aborted) release();
    return feed;
  }

  /** The number of the organization's latest change, as it is now at the earliest. */
  async headOf(organizationId: string): Promise<number> {
    const feed = this.#hold(organizationId);
    try {
      await feed.catchUp();
      return feed.last;
    } finally {
      feed.release();
    }
  }

  #hold(organizationId: string): Feed {
    let feed = this.#feeds.get(organizationId);
    if (!feed) {
      feed = new Feed(this.#database.for(organizationId), this.#log, () => this.#feeds.delete(organizationId));
      this.#feeds.set(organizationId, feed);
    }
    feed.followers++;
    return feed;
  }

  /** For metrics: the feeds, and how far the slowest read is behind its organization's latest hint, in ms. */
  get size(): number {
    return this.#feeds.size;
  }

  get lagMs(): number {
    return Math.max(0, ...[...this.#feeds.values()].map((feed) => feed.lagMs));
  }

  close(): void {
    for (const feed of this.#feeds.values()) feed.close();
  }
}

export class Feed {
  followers = 0;
  readonly #db: TenantClient;
  readonly #log: Logger;
  readonly #forget: () => void;
  /** The latest changes, by number without holes. */
  #kept: Change[] = [];
  #last: number | null = null;
  #floor = 0;
  #erasedAt = 0;
  #reading: Promise<void> | null = null;
  #isStale = false;
  #wokenAt: number | null = null;
  #isClosed = false;
  readonly #waiting = new Set<() => void>();
  readonly #sights: TicketStates;
  #idle: NodeJS.Timeout | null = null;

  constructor(db: TenantClient, log: Logger, forget: () => void) {
    this.#db = db;
    this.#sights = new TicketStates(db);
    this.#log = log;
    this.#forget = forget;
    startShared(() => this.#poll());
  }

  /** The number of the latest change that was read. */
  get last(): number {
    return this.#last ?? 0;
  }

  get lagMs(): number {
    return this.#wokenAt === null ? 0 : performance.now() - this.#wokenAt;
  }

  /** Changes up to this one were pruned, as of the latest look. */
  get floor(): number {
    return this.#floor;
  }

  /** The number of the latest change that erased what earlier ones said: a copy of those from before it is stale. */
  get erasedAt(): number {
    return this.#erasedAt;
  }

  /** The changes after that one, as far as they are kept; null when they have to be read from the log. */
  after(number: number): Change[] | null {
    const first = this.#kept[0]?.number ?? this.last + 1;
    return number + 1 < first ? null : this.#kept.slice(number + 1 - first);
  }

  /** The same where it is known; undefined where it has to be looked at. */
  knownState(change: Change): TicketState | null | undefined {
    return this.#sights.known(change);
  }

  /** The ticket that the change is about as it is now; null when it is gone. `page`: what is asked about next. */
  stateOf(change: Change, page: readonly Change[]): Promise<TicketState | null> {
    return this.#sights.of(change, page, this.last);
  }

  /** Resolves when there is a change after that one, or the signal is aborted. */
  async waitFor(number: number, signal: AbortSignal): Promise<void> {
    if (this.last > number || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.#waiting.add(done);
      signal.addEventListener("abort", done);
    });
  }

  /** Reads on, soon; a read that runs already is followed by another. */
  wake(): void {
    this.#wokenAt ??= performance.now();
    this.#read().catch((error) => this.#log.warn({ err: error }, "the change log couldn't be read; trying again"));
  }

  /** After it, everything that was committed before the call is here. */
  async catchUp(): Promise<void> {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    await this.#read();
  }

  #read(): Promise<void> {
    // A read that has begun may have looked before the commit that this is about.
    this.#isStale = true;
    // Whoever asked first may leave before it has read; the others go on waiting for it.
    this.#reading ??= startShared(() => this.#readAll());
    return this.#reading;
  }

  async #readAll(): Promise<void> {
    // Together, what asks in the same moment.
    await null;
    try {
      while (this.#isStale) {
        this.#isStale = false;
        if (this.#last === null) await this.#readHead();
        else while ((await this.#readBatch(this.#last)) === readAtOnce);
      }
      this.#wokenAt = null;
    } finally {
      // In the same step as the look at #isStale: who asks from here on begins another read.
      this.#reading = null;
    }
  }

  async #readHead(): Promise<void> {
    const head = await this.#db.changeHead.findFirst();
    this.#last = Number(head?.lastNumber ?? 0);
    this.#floor = Number(head?.floorNumber ?? 0);
  }

  async #readBatch(after: number): Promise<number> {
    const rows = await this.#db.change.findMany({
      where: { number: { gt: after } },
      orderBy: { number: "asc" },
      take: readAtOnce,
    });
    const changes = rows.map(toChange);
    this.#keep(after, changes);
    for (const change of changes) {
      this.#sights.heard(change);
      if (isErasure(change)) this.#erase(change);
    }
    for (const change of this.#kept.slice(0, -keptChanges)) this.#sights.forget(change);
    if (this.#kept.length > keptChanges) this.#kept = this.#kept.slice(-keptChanges);
    this.#last = changes.at(-1)?.number ?? after;
    if (changes.length > 0) for (const done of [...this.#waiting]) done();
    return rows.length;
  }

  #keep(after: number, changes: readonly Change[]): void {
    const hole = changes.findLastIndex(({ number }, index) => number !== (changes[index - 1]?.number ?? after) + 1);
    if (hole < 0) {
      this.#kept.push(...changes);
      return;
    }
    this.#log.error({ after, found: changes[hole]?.number }, "the change log has a hole above its floor");
    this.#kept = changes.slice(hole);
  }

  /** As the log itself was scrubbed in the same write. */
  #erase(erasure: Change): void {
    const isGone = (change: Change) =>
      change.number < erasure.number &&
      (erasure.subjectType === "ticket" ? change.ticketId : change.subjectId) === erasure.subjectId;
    this.#kept = this.#kept.map((change) => (isGone(change) ? { ...change, before: null, after: null } : change));
    this.#erasedAt = erasure.number;
  }

  async #poll(): Promise<void> {
    while (!this.#isClosed) {
      // Not all organizations in the same moment.
      await delay(pollMs * (0.8 + 0.4 * Math.random()), undefined, { ref: false });
      if (!this.#isClosed && this.followers > 0) this.wake();
    }
  }

  release(): void {
    this.followers--;
    if (this.followers > 0 || this.#isClosed) return;
    this.#idle = startShared(() => setTimeout(() => this.followers === 0 && this.close(), idleMs));
    this.#idle.unref();
  }

  close(): void {
    this.#isClosed = true;
    this.#forget();
  }
}

function isErasure({ kinds }: Change): boolean {
  return kinds.some((kind) => erasures.has(kind));
}

/** Changes after that one, from the log itself. */
export async function readChanges(db: TenantClient, after: number, take: number): Promise<Change[]> {
  const rows = await db.change.findMany({ where: { number: { gt: after } }, orderBy: { number: "asc" }, take });
  return rows.map(toChange);
}

/** Runs work a few pieces at a time, in turns by group, so that no group waits for the crowd of another. */
import { startShared } from "./shared-work.ts";

export interface TurnOptions {
  /** Runs at once, of all groups. */
  atOnce: number;
  /** Runs at once of one group; less than `atOnce`, so that another's first piece of work finds a place. */
  perGroup: number;
  /** Runs at once of one key within its group. Default: `perGroup`. */
  perKey?: number;
  /** Longest wait for a turn, in milliseconds. Infinity: however long. */
  waitMs: number;
  /** How many of one group may wait; one more is refused at once. Default: however many. */
  mostWaiting?: number;
  /**
   * Once the first of a group has waited for so long, in milliseconds, whoever comes is refused at once: the queue is
   * longer than what is done of it, and a wait would end in a refusal too. Default: never.
   */
  lateMs?: number;
  /**
   * While others want turns, work that took several places keeps them for so many times its duration after it, so that
   * the process isn't busy with one group all the time. Default: 0.
   */
  rest?: number;
}

export interface Whose {
  group: string;
  key?: string;
  /** How many places it takes, for work that is heavier than usual; at most all that a group may have. Default: 1. */
  weight?: number;
  /** Waits however long and is never refused: for work of which a part is done. Default: false. */
  isPatient?: boolean;
}

interface Waiting {
  key: string;
  weight: number;
  since: number;
  begin(): void;
}

/** Another group counts as wanting turns for so long after its last one, in milliseconds. */
const presentMs = 1_000;

/** Which groups started work recently, in all Turns together: they share one process. */
const presence = { last: "", before: "", changedAt: Number.NEGATIVE_INFINITY };

function notePresence(name: string): void {
  if (name !== presence.last) {
    presence.before = presence.last;
    presence.last = name;
    presence.changedAt = performance.now();
  }
}

/** Whether another group than this one began something lately. */
function areOthersHere(name: string): boolean {
  return presence.last !== name || (presence.before !== "" && performance.now() - presence.changedAt < presentMs);
}

interface Group {
  running: number;
  keys: Map<string, number>;
  waiting: Waiting[];
}

interface Piece {
  name: string;
  group: Group;
  key: string;
  weight: number;
}

/** Thrown by `run` when there is no turn in time. */
export class NoTurn extends Error {
  constructor() {
    super("No turn became free in time.");
  }
}

export class Turns {
  readonly #options: Required<TurnOptions>;
  /** In the order of whose turn is next. */
  readonly #groups = new Map<string, Group>();
  #running = 0;

  constructor(options: TurnOptions) {
    const without = { mostWaiting: Number.POSITIVE_INFINITY, lateMs: Number.POSITIVE_INFINITY, rest: 0 };
    this.#options = { perKey: options.perGroup, ...without, ...options };
  }

  /** For metrics: what runs, and what waits. */
  get counts(): { running: number; waiting: number } {
    let waiting = 0;
    for (const group of this.#groups.values()) waiting += group.waiting.length;
    return { running: this.#running, waiting };
  }

  /** @throws NoTurn, at once where too many of the group wait or have waited for long, else after the longest wait */
  async run<T>({ group: name, key = "", ...whose }: Whose, work: () => Promise<T>): Promise<T> {
    const group = this.#groupOf(name);
    const weight = Math.min(whose.weight ?? 1, this.#options.perGroup, this.#options.perKey);
    const piece = { name, group, key, weight };
    if (!whose.isPatient && this.#isLate(group)) throw new NoTurn();
    const { waitMs } = this.#options;
    if (group.waiting.length > 0 || !this.#mayBegin(group, key, weight))
      await this.#wait(piece, whose.isPatient ? Number.POSITIVE_INFINITY : waitMs);
    else this.#begin(piece);
    const begun = performance.now();
    try {
      return await work();
    } finally {
      this.#rest(piece, performance.now() - begun);
    }
  }

  #isLate({ waiting: [first, ...others] }: Group): boolean {
    const { mostWaiting, lateMs } = this.#options;
    return first !== undefined && (others.length + 1 >= mostWaiting || performance.now() - first.since > lateMs);
  }

  #groupOf(name: string): Group {
    let group = this.#groups.get(name);
    if (!group) {
      group = { running: 0, keys: new Map(), waiting: [] };
      this.#groups.set(name, group);
    }
    return group;
  }

  #mayBegin(group: Group, key: string, weight: number): boolean {
    const { atOnce, perGroup, perKey } = this.#options;
    const ofKey = group.keys.get(key) ?? 0;
    return this.#running + weight <= atOnce && group.running + weight <= perGroup && ofKey + weight <= perKey;
  }

  #begin({ name, group, key, weight }: Piece): void {
    notePresence(name);
    this.#running += weight;
    group.running += weight;
    group.keys.set(key, (group.keys.get(key) ?? 0) + weight);
  }

  #wait(piece: Piece, waitMs: number): Promise<void> {
    const { group, key, weight } = piece;
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        group.waiting.splice(group.waiting.indexOf(waiting), 1);
        reject(new NoTurn());
      };
      const timer = Number.isFinite(waitMs) ? setTimeout(giveUp, waitMs) : undefined;
      const waiting: Waiting = {
        key,
        weight,
        since: performance.now(),
        begin: () => {
          clearTimeout(timer);
          this.#begin(piece);
          resolve();
        },
      };
      group.waiting.push(waiting);
    });
  }

  #rest(piece: Piece, tookMs: number): void {
    const restMs = tookMs * this.#options.rest;
    if (piece.weight > 1 && restMs > 0 && areOthersHere(piece.name))
      startShared(() => setTimeout(() => this.#end(piece), restMs));
    else this.#end(piece);
  }

  #end({ name, group, key, weight }: Piece): void {
    this.#running -= weight;
    group.running -= weight;
    const left = (group.keys.get(key) ?? weight) - weight;
    if (left > 0) group.keys.set(key, left);
    else group.keys.delete(key);
    while (this.#beginNext());
    if (group.running === 0 && group.waiting.length === 0) this.#groups.delete(name);
  }

  /** One of each group in turn: a group that got a place goes behind the others. Whether one has begun. */
  #beginNext(): boolean {
    for (const [name, group] of [...this.#groups]) {
      const next = this.#nextOf(group);
      if (!next) continue;
      group.waiting.splice(group.waiting.indexOf(next), 1);
      this.#groups.delete(name);
      this.#groups.set(name, group);
      next.begin();
      return true;
    }
    return false;
  }

  /** Of the key that has the fewest places, the one that waits longest. */
  #nextOf(group: Group): Waiting | undefined {
    const ofKey = ({ key }: Waiting) => group.keys.get(key) ?? 0;
    let best: Waiting | undefined;
    for (const one of group.waiting)
      if (this.#mayBegin(group, one.key, one.weight) && (!best || ofKey(one) < ofKey(best))) best = one;
    return best;
  }
}

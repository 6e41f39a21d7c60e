/** Lets work of many run a few at a time, in turns by group, so that none waits for the crowd of another. */

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
}

export interface Whose {
  group: string;
  key?: string;
  /** How many places it takes, for work that is heavier than usual; at most all that a group may have. Default: 1. */
  weight?: number;
}

interface Waiting {
  key: string;
  weight: number;
  begin(): void;
}

interface Group {
  running: number;
  keys: Map<string, number>;
  waiting: Waiting[];
}

/** Thrown by `run` when there is no turn in time. */
export class NoTurn extends Error {
  constructor() {
    super("There was no turn in time.");
  }
}

export class Turns {
  readonly #options: Required<TurnOptions>;
  /** In the order of whose turn is next. */
  readonly #groups = new Map<string, Group>();
  #running = 0;

  constructor(options: TurnOptions) {
    this.#options = { perKey: options.perGroup, mostWaiting: Number.POSITIVE_INFINITY, ...options };
  }

  /** For metrics: what runs, and what waits. */
  get counts(): { running: number; waiting: number } {
    let waiting = 0;
    for (const group of this.#groups.values()) waiting += group.waiting.length;
    return { running: this.#running, waiting };
  }

  /** @throws NoTurn, at once where too many of the group wait, else after the longest wait */
  async run<T>({ group: name, key = "", ...whose }: Whose, work: () => Promise<T>): Promise<T> {
    const group = this.#groupOf(name);
    const weight = Math.min(whose.weight ?? 1, this.#options.perGroup, this.#options.perKey);
    if (group.waiting.length >= this.#options.mostWaiting) throw new NoTurn();
    if (group.waiting.length > 0 || !this.#mayBegin(group, key, weight)) await this.#wait(group, key, weight);
    else this.#begin(group, key, weight);
    try {
      return await work();
    } finally {
      this.#end(name, group, key, weight);
    }
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

  #begin(group: Group, key: string, weight: number): void {
    this.#running += weight;
    group.running += weight;
    group.keys.set(key, (group.keys.get(key) ?? 0) + weight);
  }

  #wait(group: Group, key: string, weight: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        group.waiting.splice(group.waiting.indexOf(waiting), 1);
        reject(new NoTurn());
      };
      const { waitMs } = this.#options;
      const timer = Number.isFinite(waitMs) ? setTimeout(giveUp, waitMs) : undefined;
      const waiting: Waiting = {
        key,
        weight,
        begin: () => {
          clearTimeout(timer);
          this.#begin(group, key, weight);
          resolve();
        },
      };
      group.waiting.push(waiting);
    });
  }

  #end(name: string, group: Group, key: string, weight: number): void {
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
      const place = group.waiting.findIndex(({ key, weight }) => this.#mayBegin(group, key, weight));
      if (place < 0) continue;
      const [next] = group.waiting.splice(place, 1);
      this.#groups.delete(name);
      this.#groups.set(name, group);
      next?.begin();
      return true;
    }
    return false;
  }
}

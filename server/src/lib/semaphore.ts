/** Lets at most `limit` run at once for each key; the others wait in the order they came. */
export class KeyedSemaphore {
  readonly #limit: number;
  readonly #running = new Map<string, { count: number; waiting: (() => void)[] }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    let entry = this.#running.get(key);
    if (!entry) {
      entry = { count: 0, waiting: [] };
      this.#running.set(key, entry);
    }
    if (entry.count >= this.#limit) {
      // The one that ends hands its place over, so the count stays as it is.
      await new Promise<void>((resolve) => entry.waiting.push(resolve));
    } else {
      entry.count++;
    }
    try {
      return await work();
    } finally {
      const next = entry.waiting.shift();
      if (next) next();
      else if (--entry.count === 0) this.#running.delete(key);
    }
  }
}

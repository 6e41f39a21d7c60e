/**
 * Points that requests use up and that come back with time. A member or key has a budget, and so has its
 * organization; a sender who isn't signed in has one by network. Points are counted in fixed windows of a minute: in
 * this process, or in Redis for all processes.
 */
import type { Logger } from "pino";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { startShared } from "../lib/shared-work.ts";
import { DomainError } from "../wire/errors.ts";

const defaultWindowSeconds = 60;

export type BudgetName = "key" | "member" | "organization" | "network";

/** Whose points these are, and how many a window has. */
export interface Payer {
  name: BudgetName;
  id: string;
  points: number;
}

/** What is left of a budget after a charge. */
export interface Balance {
  name: BudgetName;
  limit: number;
  remaining: number;
  /** When all points are available again, in milliseconds since 1970. */
  resetAt: number;
}

/** What was taken, and from whom. Part of it is returned when less was needed. */
export interface Charge {
  payers: readonly Payer[];
  requested: number;
  actual: number;
  balances: readonly Balance[];
}

/** Refused for lack of points. Headers report what is left, as with an answer. */
export class OutOfPoints extends DomainError {
  readonly balances: readonly Balance[];

  /** @param reserved the points that running requests hold; some of them come back with the answers */
  constructor(balance: Balance, reserved: number, requested: number, balances: readonly Balance[]) {
    const { name, limit, remaining, resetAt } = balance;
    const details = { requested, remaining, limit, budget: name };
    const cost = `This costs ${requested} ${requested === 1 ? "point" : "points"}`;
    if (requested > limit) {
      super(
        "RATE_LIMITED",
        `${cost}, more than the ${limit} a minute that ${owners[name]} has. Ask for less in one request, or for a higher limit.`,
        { isRetryable: false, details },
      );
    } else {
      const isHeld = remaining + reserved >= requested;
      const waitMs = isHeld ? heldMs : Math.max(0, resetAt - Date.now());
      const held = isHeld ? `, and running requests hold ${reserved}` : "";
      const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
      super(
        "RATE_LIMITED",
        `${cost}; ${owners[name]} has ${remaining} of its ${limit} a minute left${held}. Try again in ${seconds} s${requested > 1 ? ", or ask for less in one request" : ""}.`,
        { isRetryable: true, retryAfterMs: waitMs, details },
      );
    }
    this.balances = balances;
  }
}

/** After this time some of the running requests have been answered and have returned the points they didn't need. */
const heldMs = 1_000;

const owners: Record<BudgetName, string> = {
  key: "your API key",
  member: "your membership",
  organization: "your organization",
  network: "your network",
};

/** The connection to a Redis, as rate-limiter-flexible expects it. */
export type RedisClient = unknown;

export class Budgets {
  readonly #redis: RedisClient | null;
  /** One for each number of points: as many as there are plans and limits of keys. */
  readonly #limiters = new Map<string, RateLimiterAbstract>();
  /** The points that this process's running requests hold, by payer. */
  readonly #reserved = new Map<string, number>();

  /** In seconds; a minute, except in tests. */
  readonly #window: number;

  constructor(redis: RedisClient | null = null, window = defaultWindowSeconds) {
    this.#redis = redis;
    this.#window = window;
  }

  /**
   * Takes points from all payers, or from none.
   *
   * @throws OutOfPoints, naming the first that has too few
   */
  async charge(payers: readonly Payer[], requested: number): Promise<Charge> {
    const taken = await Promise.all(payers.map((payer) => this.#take(payer, requested)));
    const balances = taken.map(({ balance }) => balance);
    const short = taken.find(({ isEnough }) => !isEnough);
    if (!short) {
      for (const payer of payers) this.#reserve(payer, requested);
      return { payers, requested, actual: requested, balances };
    }
    const left = await Promise.all(payers.map((payer) => this.#giveBack(payer, requested)));
    const at = taken.indexOf(short);
    const reserved = this.#reserved.get(keyOf(payers[at] as Payer)) ?? 0;
    throw new OutOfPoints(left[at] as Balance, reserved, requested, left);
  }

  /** Returns what was charged and not needed, when the request is over. */
  async settle(charge: Charge, actual: number): Promise<Charge> {
    for (const payer of charge.payers) this.#reserve(payer, -charge.requested);
    const unused = charge.requested - actual;
    if (unused <= 0) return charge;
    const balances = await Promise.all(
      charge.payers.map((payer, index) => {
        const before = charge.balances[index] as Balance;
        // Its window is over: all points are available again, so returning them would count them twice.
        return Date.now() >= before.resetAt ? before : this.#giveBack(payer, unused);
      }),
    );
    return { ...charge, actual, balances };
  }

  #reserve(payer: Payer, points: number): void {
    const key = keyOf(payer);
    const reserved = (this.#reserved.get(key) ?? 0) + points;
    if (reserved > 0) this.#reserved.set(key, reserved);
    else this.#reserved.delete(key);
  }

  async #take(payer: Payer, points: number): Promise<{ balance: Balance; isEnough: boolean }> {
    try {
      return {
        balance: balanceOf(payer, await startShared(() => this.#limiterOf(payer).consume(payer.id, points))),
        isEnough: true,
      };
    } catch (result) {
      if (!(result instanceof RateLimiterRes)) throw result;
      return { balance: balanceOf(payer, result), isEnough: false };
    }
  }

  async #giveBack(payer: Payer, points: number): Promise<Balance> {
    return balanceOf(payer, await startShared(() => this.#limiterOf(payer).reward(payer.id, points)));
  }

  #limiterOf({ name, points }: Payer): RateLimiterAbstract {
    const key = `${name} ${points}`;
    let limiter = this.#limiters.get(key);
    if (!limiter) {
      const options = { keyPrefix: `tiketti points ${name}`, points, duration: this.#window };
      const memory = new RateLimiterMemory(options);
      limiter = this.#redis
        ? // Without Redis each process counts on its own: limits are looser, but nothing stops.
          new RateLimiterRedis({
            ...options,
            storeClient: this.#redis,
            rejectIfRedisNotReady: true,
            insuranceLimiter: memory,
          })
        : memory;
      this.#limiters.set(key, limiter);
    }
    return limiter;
  }
}

function keyOf({ name, id }: Payer): string {
  return `${name} ${id}`;
}

function balanceOf({ name, points }: Payer, { consumedPoints, msBeforeNext }: RateLimiterRes): Balance {
  return {
    name,
    limit: points,
    remaining: Math.min(points, Math.max(0, points - consumedPoints)),
    resetAt: Date.now() + Math.max(0, msBeforeNext),
  };
}

/** As headers (draft-ietf-httpapi-ratelimit-headers-11): quota and window in seconds, and what remains until when. */
export function headersOf(balances: readonly Balance[]): Record<"ratelimit" | "ratelimit-policy", string> {
  const items = (text: (balance: Balance) => string) => balances.map((one) => `"${one.name}";${text(one)}`).join(", ");
  return {
    "ratelimit-policy": items(({ limit }) => `q=${limit};w=${defaultWindowSeconds}`),
    ratelimit: items(({ remaining, resetAt }) => `r=${remaining};t=${secondsTo(resetAt)}`),
  };
}

function secondsTo(instant: number): number {
  return Math.max(0, Math.ceil((instant - Date.now()) / 1_000));
}

/** The budget that runs out first. */
export function tightest(balances: readonly Balance[]): Balance | undefined {
  return [...balances].sort((a, b) => a.remaining - b.remaining)[0];
}

/** Budgets that all processes share through a Redis. If Redis is lost, a minute's counts are lost. */
export async function openBudgets(
  redisUrl: string,
  log: Logger,
): Promise<{ budgets: Budgets; close(): Promise<void> }> {
  // Loaded where it is used: otherwise each start would pay for it.
  const { Redis } = await import("ioredis");
  const redis = new Redis(redisUrl, {
    connectionName: "tiketti limits",
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // A Redis that hangs must not hold up a request for longer.
    commandTimeout: 250,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
  });
  let isThere = true;
  redis.on("error", (error) => {
    if (isThere)
      log.warn({ err: error }, "Redis can't be reached; each process counts points on its own until Redis is back");
    isThere = false;
  });
  redis.on("ready", () => {
    if (!isThere) log.info("Redis is back; processes count points together");
    isThere = true;
  });
  return { budgets: new Budgets(redis), close: async () => redis.disconnect() };
}

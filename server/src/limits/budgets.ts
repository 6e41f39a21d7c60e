/**
 * Points that are used up by what is asked for and come back with time, by member or key, by organization, and by
 * network for who isn't signed in. Counted in fixed windows of a minute: in this process, or in Redis for all of them.
 */
import type { Logger } from "pino";
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import { DomainError } from "../errors.ts";
import { startShared } from "../lib/shared-work.ts";

const defaultWindowSeconds = 60;

export type BudgetName = "key" | "member" | "organization" | "network";

/** Whose points, and how many there are in a window. */
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
  /** In so many milliseconds all points are there again. */
  resetMs: number;
}

/** What was taken, by whom; told when asked for, and given back in part when less was needed. */
export interface Charge {
  payers: readonly Payer[];
  requested: number;
  actual: number;
  balances: readonly Balance[];
  takenAt: number;
}

/** Refused for want of points: what is left is told in headers, as with an answer. */
export class OutOfPoints extends DomainError {
  readonly balances: readonly Balance[];

  constructor(balance: Balance, requested: number, balances: readonly Balance[]) {
    const { name, limit, remaining, resetMs } = balance;
    const seconds = Math.ceil(resetMs / 1_000);
    const wayOut =
      requested > limit
        ? "It costs more than there ever is: ask for less at once."
        : `Send it again in ${seconds} s, or ask for less at once.`;
    super(
      "RATE_LIMITED",
      `This costs ${requested} points, and ${owners[name]} has ${remaining} of its ${limit} a minute left. ${wayOut}`,
      {
        isRetryable: requested <= limit,
        retryAfterMs: resetMs,
        details: { requested, remaining, limit, budget: name },
      },
    );
    this.balances = balances;
  }
}

const owners: Record<BudgetName, string> = {
  key: "your API key",
  member: "your membership",
  organization: "your organization",
  network: "your network",
};

/** The connection to a Redis, as rate-limiter-flexible wants it. */
export type RedisClient = unknown;

export class Budgets {
  readonly #redis: RedisClient | null;
  /** One for each number of points; there are as many as plans and limits of keys. */
  readonly #limiters = new Map<string, RateLimiterAbstract>();

  /** Seconds; a minute but in tests. */
  readonly #window: number;

  constructor(redis: RedisClient | null = null, window = defaultWindowSeconds) {
    this.#redis = redis;
    this.#window = window;
  }

  /**
   * Takes the points of all payers, or of none.
   *
   * @throws OutOfPoints, naming the first that has too few
   */
  async charge(payers: readonly Payer[], requested: number): Promise<Charge> {
    const takenAt = Date.now();
    const taken = await Promise.all(payers.map((payer) => this.#take(payer, requested)));
    const balances = taken.map(({ balance }) => balance);
    const short = taken.find(({ isEnough }) => !isEnough);
    if (!short) return { payers, requested, actual: requested, balances, takenAt };
    const left = await Promise.all(payers.map((payer) => this.#giveBack(payer, requested)));
    throw new OutOfPoints(left[taken.indexOf(short)] as Balance, requested, left);
  }

  /** What was charged and not needed comes back. */
  async settle(charge: Charge, actual: number): Promise<Charge> {
    const unused = charge.requested - actual;
    if (unused <= 0) return charge;
    const balances = await Promise.all(
      charge.payers.map((payer, index) => {
        const before = charge.balances[index] as Balance;
        // Its window is over: the points are there again, and would come twice.
        return Date.now() - charge.takenAt >= before.resetMs ? before : this.#giveBack(payer, unused);
      }),
    );
    return { ...charge, actual, balances };
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
        ? // Without Redis each process counts by itself: limits are looser then, and nothing stops.
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

function balanceOf({ name, points }: Payer, { consumedPoints, msBeforeNext }: RateLimiterRes): Balance {
  return {
    name,
    limit: points,
    remaining: Math.min(points, Math.max(0, points - consumedPoints)),
    resetMs: Math.max(0, msBeforeNext),
  };
}

/** As headers (draft-ietf-httpapi-ratelimit-headers-11): quota and window in seconds, and what remains until when. */
export function headersOf(balances: readonly Balance[]): Record<"ratelimit" | "ratelimit-policy", string> {
  const items = (text: (balance: Balance) => string) => balances.map((one) => `"${one.name}";${text(one)}`).join(", ");
  return {
    "ratelimit-policy": items(({ limit }) => `q=${limit};w=${defaultWindowSeconds}`),
    ratelimit: items(({ remaining, resetMs }) => `r=${remaining};t=${Math.ceil(resetMs / 1_000)}`),
  };
}

/** The budget that runs out first. */
export function tightest(balances: readonly Balance[]): Balance | undefined {
  return [...balances].sort((a, b) => a.remaining - b.remaining)[0];
}

/** Budgets that all processes share by a Redis. Losing it loses a minute's counts. */
export async function openBudgets(
  redisUrl: string,
  log: Logger,
): Promise<{ budgets: Budgets; close(): Promise<void> }> {
  // Loaded where it is used: each start would pay for it.
  const { Redis } = await import("ioredis");
  const redis = new Redis(redisUrl, {
    connectionName: "tiketti limits",
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    // One that hangs holds up no request for longer.
    commandTimeout: 250,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
  });
  redis.on("error", (error) => log.warn({ err: error }, "Redis is out of reach; each process counts points by itself"));
  return { budgets: new Budgets(redis), close: async () => redis.disconnect() };
}

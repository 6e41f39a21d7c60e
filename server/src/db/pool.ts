import { AsyncLocalStorage } from "node:async_hooks";
import type { Socket } from "node:net";
import type pg from "pg";
import { type Login, LoginPool } from "./connection.ts";

/** A request's connections from one pool of ten at a time: enough to run a screen's statements in parallel. */
export const connectionsOfOneWork = 3;

/** The work for one request: counts its statements and can cancel them. */
export class Work {
  statements = 0;
  readonly #clients = new Set<pg.PoolClient>();
  #places = connectionsOfOneWork;
  readonly #waiting: (() => void)[] = [];
  #reason: unknown;

  get isCancelled(): boolean {
    return this.#reason !== undefined;
  }

  get reason(): unknown {
    return this.#reason;
  }

  enter(client: pg.PoolClient): void {
    this.#clients.add(client);
  }

  leave(client: pg.PoolClient): void {
    this.#clients.delete(client);
    this.giveBack();
  }

  /** A document with many fields runs many statements at the same time. It gets only a few of the connections. */
  async place(): Promise<void> {
    while (this.#places <= 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#places--;
  }

  giveBack(): void {
    this.#places++;
    this.#waiting.shift()?.();
  }

  /** Ends this work's running statements in PostgreSQL, and refuses further ones. */
  async cancel(control: pg.Pool, reason: unknown): Promise<void> {
    if (this.isCancelled) return;
    this.#reason = reason;
    const ids = [...this.#clients].map((client) => (client as { processID?: number }).processID);
    if (ids.length > 0) await control.query("select pg_cancel_backend(unnest($1::int[]))", [ids]);
  }
}

const works = new AsyncLocalStorage<Work>();
const tenants = new AsyncLocalStorage<string>();

/** The current piece of work; undefined outside of one. */
export function currentWork(): Work | undefined {
  return works.getStore();
}

/** Runs `run` as one piece of work whose statements are counted and can be cancelled together. */
export function runAsWork<T>(work: Work, run: () => T): T {
  return works.run(work, run);
}

/**
 * Runs `run` with connections set to the organization. Prisma's promises are lazy: `run` must await
 * them itself, otherwise they start outside.
 */
export function runInOrganization<T>(organizationId: string, run: () => Promise<T>): Promise<T> {
  return tenants.run(organizationId, run);
}

/** The organization that each connection was last set to; '' matches no row. */
const settings = new WeakMap<pg.PoolClient, string>();

/**
 * A pool that sets each connection to the organization of the current work before it hands the connection
 * out. Outside of an organization's work it sets none, and row security then shows nothing.
 */
export class TenantPool extends LoginPool {
  constructor({ login, size, name, statementTimeoutMs }: PoolOptions) {
    super(login, {
      max: size,
      name,
      settings: {
        statement_timeout: String(statementTimeoutMs),
        idle_in_transaction_session_timeout: String(statementTimeoutMs + 5_000),
        lock_timeout: "5000",
        random_page_cost: "1.1",
      },
    });
  }

  protected override async checkOut(): Promise<pg.PoolClient> {
    const work = works.getStore();
    const organizationId = tenants.getStore() ?? "";
    if (work?.isCancelled) throw work.reason;
    await work?.place();
    const client = await super.checkOut().catch((error) => {
      work?.giveBack();
      throw error;
    });
    if (work) track(client, work);
    if (settings.get(client) === organizationId) return client;
    try {
      settings.delete(client);
      await client.query("select set_config('tiketti.organization_id', $1, false)", [organizationId]);
      settings.set(client, organizationId);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }
}

/** Counts the client's statements for the work until the client is released, and lets the work cancel them. */
function track(client: pg.PoolClient, work: Work): void {
  const { release, query } = client;
  work.enter(client);
  client.query = ((...args: Parameters<typeof query>) => {
    work.statements++;
    // If the work was cancelled between two statements of a transaction, the second one doesn't run.
    const [statement] = args as unknown as [string | { text: string }];
    const text = typeof statement === "string" ? statement : statement.text;
    // as never: `query` has an overload for each way to call it.
    if (work.isCancelled && !/^rollback/i.test(text)) return refuse(work.reason, args) as never;
    return query.apply(client, args);
  }) as typeof query;
  client.release = (error) => {
    work.leave(client);
    // The prototype's own method is visible again.
    delete (client as Partial<pg.PoolClient>).query;
    client.release = release;
    // A cancel may still be on its way to this connection: it must not hit a statement of the next user.
    release.call(client, error ?? (work.isCancelled ? true : undefined));
  };
}

/** Fails as pg's query would: through its callback, where it has one. */
function refuse(reason: unknown, args: unknown[]): Promise<never> | undefined {
  const callback = args.at(-1);
  if (typeof callback !== "function") return Promise.reject(reason);
  process.nextTick(callback as (error: unknown) => void, reason);
  return undefined;
}

interface PoolOptions {
  login: Login;
  size: number;
  name: string;
  statementTimeoutMs: number;
  onError: (error: Error) => void;
}

export function createPool(options: PoolOptions): TenantPool {
  const { statementTimeoutMs, onError } = options;
  const pool = new TenantPool(options);
  // A broken connection emits an event, idle or in use; without a listener the event would end the process.
  pool.on("connect", (client) => {
    client.on("error", onError);
    breakWhenSilent(client, statementTimeoutMs + 2_000);
  });
  pool.on("error", () => {});
  return pool;
}

/**
 * Ends a connection that has been silent for too long while a statement runs. The database would have ended the
 * statement by then, so it can't be reached, and the network hasn't reported that.
 */
export function breakWhenSilent(client: pg.ClientBase, silentMs: number): void {
  // Neither is in pg's types; without them an idle connection looks the same as a silent one.
  const inner = client as unknown as { connection: { stream: Socket }; _activeQuery?: unknown };
  const { stream } = inner.connection;
  stream.setTimeout(silentMs);
  stream.on("timeout", () => {
    if (inner._activeQuery) stream.destroy(new Error("Connection terminated: the database doesn't answer"));
  });
}

const namedStatements = 200;

/**
 * Names for prepared statements, by their text. A text gets a name when it is seen the second time.
 * At most 200 texts get one, because IN-lists and page sizes make the number of texts endless.
 */
export function createStatementNames(): (query: { sql: string }) => string | undefined {
  const names = new Map<string, string>();
  const seenOnce = new Set<string>();
  return ({ sql }) => {
    const name = names.get(sql);
    if (name || names.size >= namedStatements) return name;
    if (!seenOnce.delete(sql)) {
      if (seenOnce.size >= 1_000) seenOnce.clear();
      seenOnce.add(sql);
      return undefined;
    }
    const fresh = `s${names.size}`;
    names.set(sql, fresh);
    return fresh;
  };
}

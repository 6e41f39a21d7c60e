import { AsyncLocalStorage } from "node:async_hooks";
import type { Socket } from "node:net";
import type pg from "pg";
import { type Login, LoginPool } from "./connection.ts";

/** At once, of one pool of ten: enough that a screen's statements run side by side. */
export const connectionsOfOneWork = 3;

/** What runs for one request: where its statements are counted and how they are cancelled. */
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

  /** A document of many fields asks many things at once; it gets a few connections, and others the rest. */
  async place(): Promise<void> {
    while (this.#places <= 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#places--;
  }

  giveBack(): void {
    this.#places++;
    this.#waiting.shift()?.();
  }

  /** Ends the statements that run for this work at the server, and refuses further ones. */
  async cancel(control: pg.Pool, reason: unknown): Promise<void> {
    if (this.isCancelled) return;
    this.#reason = reason;
    const ids = [...this.#clients].map((client) => (client as { processID?: number }).processID);
    if (ids.length > 0) await control.query("select pg_cancel_backend(unnest($1::int[]))", [ids]);
  }
}

const works = new AsyncLocalStorage<Work>();
const tenants = new AsyncLocalStorage<string>();

/** The piece of work that is going on; undefined outside of one. */
export function currentWork(): Work | undefined {
  return works.getStore();
}

/** Runs `run` as one piece of work whose statements are counted and can be cancelled together. */
export function runAsWork<T>(work: Work, run: () => T): T {
  return works.run(work, run);
}

/**
 * Runs `run` with connections set to the organization. Prisma's promises are lazy: `run` must await
 * them itself, else they start outside.
 */
export function runInOrganization<T>(organizationId: string, run: () => Promise<T>): Promise<T> {
  return tenants.run(organizationId, run);
}

/** The organization that each connection was last set to; '' matches no row. */
const settings = new WeakMap<pg.PoolClient, string>();

/**
 * A pool whose connections are set to the organization of the current work before they are handed
 * out, and to none outside of one: row security then shows nothing.
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

/** Counts the client's statements for the work until it is released, and lets the work cancel them. */
function track(client: pg.PoolClient, work: Work): void {
  const { release, query } = client;
  work.enter(client);
  client.query = ((...args: Parameters<typeof query>) => {
    work.statements++;
    // A transaction that was between two statements when the work was cancelled goes no further.
    const [statement] = args as unknown as [string | { text: string }];
    const text = typeof statement === "string" ? statement : statement.text;
    // as never: `query` has an overload for each way to call it.
    if (work.isCancelled && !/^rollback/i.test(text)) return refuse(work.reason, args) as never;
    return query.apply(client, args);
  }) as typeof query;
  client.release = (error) => {
    work.leave(client);
    // The prototype's own shows through again.
    delete (client as Partial<pg.PoolClient>).query;
    client.release = release;
    // A cancel may still be on its way to this connection: it must not hit the next one's statement.
    release.call(client, error ?? (work.isCancelled ? true : undefined));
  };
}

/** As pg's query would fail: through its callback, where it has one. */
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
  // A connection that breaks is an event, idle or in use; without a listener it would end the process.
  pool.on("connect", (client) => {
    client.on("error", onError);
    breakWhenSilent(client, statementTimeoutMs + 2_000);
  });
  pool.on("error", () => {});
  return pool;
}

/**
 * Ends a connection on which nothing has come for so long although a statement runs: the database would have
 * ended the statement by then, so it is out of reach, and the network doesn't say so.
 */
export function breakWhenSilent(client: pg.ClientBase, silentMs: number): void {
  // Neither is in pg's types; without them an idle connection can't be told from a silent one.
  const inner = client as unknown as { connection: { stream: Socket }; _activeQuery?: unknown };
  const { stream } = inner.connection;
  stream.setTimeout(silentMs);
  stream.on("timeout", () => {
    if (inner._activeQuery) stream.destroy(new Error("Connection terminated: the database doesn't answer"));
  });
}

const namedStatements = 200;

/**
 * Names for prepared statements by their text. A text gets a name when it is seen the second time,
 * and no more than 200 do: IN-lists and page sizes make endless texts.
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

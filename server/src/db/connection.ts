/** How this server signs in to PostgreSQL, and the settings of each of its sessions. */
import pg from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import { databaseOf } from "../lib/database-url.ts";

export interface Login {
  /** Role, password, host and database. */
  url: string;
  /** The role's password under the other secret, while TIKETTI_SECRET is being rotated. */
  otherPassword?: string | undefined;
}

/**
 * Set by a statement when a session begins and not by startup options: those can be overridden by `?options=` in
 * DATABASE_URL, and a pooler may drop them. The search path is pinned because a schema with the role's own name
 * (`"$user"` in PostgreSQL's default) would otherwise take the tables.
 */
const everySession: Settings = {
  search_path: "public",
  timezone: "UTC",
  statement_timeout: "0",
  lock_timeout: "0",
  idle_in_transaction_session_timeout: "0",
};

type Settings = Readonly<Record<string, string>>;

/** Names and values are our own; nothing comes from outside. */
function setUpStatement(settings: Settings = {}): string {
  const calls = Object.entries({ ...everySession, ...settings }).map(
    ([name, value]) => `set_config('${name}', '${value}', false)`,
  );
  return `select ${calls.join(", ")}`;
}

/** One connection, set up. @throws what the driver throws; the connection is closed then */
export async function connectClient(login: Login, { name }: { name: string }): Promise<pg.Client> {
  return passwordsOf(login).tryEach(async (password) => {
    const client = new pg.Client({ ...configOf(login), password, application_name: name });
    // When a connection breaks later, its next user notices.
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query(setUpStatement());
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
  });
}

interface LoginPoolOptions {
  max: number;
  name: string;
  settings?: Settings;
  /** How long to wait for a new or free connection. Default: 5 s. */
  connectTimeoutMs?: number;
}

/** A pool of connections that are set up. It switches to the role's other password when the first is refused. */
export class LoginPool extends pg.Pool {
  readonly #passwords: Passwords;

  constructor(login: Login, { max, name, settings, connectTimeoutMs = 5_000 }: LoginPoolOptions) {
    const passwords = passwordsOf(login);
    super({
      ...configOf(login),
      password: () => passwords.current,
      max,
      application_name: name,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: 30_000,
      onConnect: async (client) => void (await client.query(setUpStatement(settings))),
    });
    this.#passwords = passwords;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const checkedOut = this.checkOut();
    if (!callback) return checkedOut;
    checkedOut.then(
      (client) => callback(undefined, client, (release) => client.release(release as boolean | Error | undefined)),
      (error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  /** The source of connections for both `connect` and `query`. */
  protected async checkOut(): Promise<pg.PoolClient> {
    try {
      return await this.#passwords.tryEach(() => super.connect());
    } catch (error) {
      // The pool's own error has no code. Without a code the job queue treats it as a bug and doesn't try again.
      if ((error as Error).message === "timeout exceeded when trying to connect")
        Object.assign(error as Error, { code: "ETIMEDOUT" });
      throw error;
    }
  }
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/** 28P01: PostgreSQL has another password for this role, or no such role. */
export function isPasswordRefused(error: unknown): boolean {
  return (error as { code?: string }).code === "28P01";
}

interface Passwords {
  readonly current: string;
  /** Runs `sign` with the password that worked last, and once more with the other one when it is refused. */
  tryEach<T>(sign: (password: string) => Promise<T>): Promise<T>;
}

function passwordsOf({ url, otherPassword }: Login): Passwords {
  let current = decodeURIComponent(new URL(url).password);
  let other = otherPassword;
  return {
    get current() {
      return current;
    },
    async tryEach(sign) {
      const tried = current;
      try {
        return await sign(tried);
      } catch (error) {
        if (!isPasswordRefused(error) || other === undefined) throw error;
        // Unless another connection has switched meanwhile.
        if (current === tried) [current, other] = [other, current];
        return sign(current);
      }
    },
  };
}

function configOf({ url }: Login): pg.ClientConfig {
  return {
    ...(parseIntoClientConfig(url) as pg.ClientConfig),
    // The parser leaves escapes of reserved characters as they are.
    database: databaseOf(new URL(url)),
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  };
}

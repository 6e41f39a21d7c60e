import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { Closers } from "../lib/closers.ts";
import { Prisma, PrismaClient } from "./_generated/client/client.ts";
import type { Login } from "./connection.ts";
import { createPool, createStatementNames, runInOrganization } from "./pool.ts";
import { PreTenantDatabase } from "./pre-tenant.ts";
import { bindToOrganization, type TenantClient } from "./tenant.ts";

/** A transaction of one organization. Steps ask for this type: a write outside a transaction doesn't compile. */
export type Transaction = TenantClient & { readonly [transactionBrand]: true };
declare const transactionBrand: unique symbol;

export interface Database {
  /** Reads in one organization; connections, statements and batches are bound to it. */
  for(organizationId: string): TenantClient;
  /** One READ COMMITTED transaction in one organization, on the pool of writes. */
  transaction<T>(organizationId: string, run: (tx: Transaction) => Promise<T>): Promise<T>;
  /** The functions that work before an organization is known. */
  preTenant: PreTenantDatabase;
  /** By name, for metrics. */
  pools: ReadonlyMap<string, pg.Pool>;
  /** Connections that cancel other connections' statements and answer health checks. */
  control: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** The app's role, never an owner or superuser. */
  login: Login;
  onError: (error: Error) => void;
  /** Connections for reads and for writes, each. Default 10. */
  poolSize?: number;
  /** Default 10 s. */
  statementTimeoutMs?: number;
  /** False only in tests that prove row security alone. */
  isScoping?: boolean;
}

const keptClients = 1_000;

export function openDatabase(options: DatabaseOptions): Database {
  const { login, onError, poolSize = 10, statementTimeoutMs = 10_000, isScoping = true } = options;
  const closers = new Closers();
  const pools = new Map<string, pg.Pool>();
  const open = (name: string, size: number) => {
    const pool = createPool({ login, size, name: `tiketti ${name}`, statementTimeoutMs, onError });
    closers.add(() => pool.end());
    pools.set(name, pool);
    return pool;
  };
  const connect = (pool: pg.Pool) => {
    const client = new PrismaClient({
      // The longer formats print a call's values, and would put message bodies and addresses into the log.
      errorFormat: "minimal",
      adapter: new PrismaPg(pool, {
        // Without a name the statement isn't kept. The driver allows that, although its type doesn't.
        statementNameGenerator: createStatementNames() as (query: { sql: string }) => string,
      }),
    });
    closers.add(() => client.$disconnect());
    return client;
  };
  const control = open("control", 2);
  const reads = connect(open("reads", poolSize));
  const writes = connect(open("writes", poolSize));

  const clients = new Map<string, PrismaClient>();
  return {
    pools,
    for(organizationId) {
      let client = clients.get(organizationId);
      if (!client) {
        if (clients.size >= keptClients) clients.delete(clients.keys().next().value as string);
        client = bindToOrganization(reads, organizationId, { isScoping, isBatching: true });
        clients.set(organizationId, client);
      }
      return client;
    },
    transaction(organizationId, run) {
      const client = bindToOrganization(writes, organizationId, { isScoping, isBatching: false });
      return runInOrganization(organizationId, () =>
        client.$transaction((tx) => run(tx as unknown as Transaction), {
          isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
          maxWait: 10_000,
          timeout: 15_000,
        }),
      );
    },
    // A separate pool: on a shared one, each sign-in check would unset a connection's organization.
    preTenant: new PreTenantDatabase(open("gate", poolSize)),
    control,
    close: () => closers.close(),
  };
}

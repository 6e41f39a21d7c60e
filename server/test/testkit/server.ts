import type { AllowedOperations } from "../../src/limits/operations.ts";
import { Plans } from "../../src/limits/plans.ts";
import type { ServerDeps } from "../../src/server.ts";
import { createServer, type RunningServer } from "../../src/server.ts";
import { Client } from "./client.ts";
import { testSecret } from "./constants.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { World } from "./world.ts";

export interface TestServer {
  url: string;
  server: RunningServer;
  database: TestDatabase;
  world: World;
  /** Nobody in particular. */
  anonymous: Client;
  /** Statements of the last answered request. */
  lastStatements(): number;
  close(): Promise<void>;
}

interface Options {
  deps?: ServerDeps;
  /** Another server on the same database, such as one with a wall down. */
  database?: TestDatabase;
  databaseUrl?: string;
  origins?: string[];
  proxies?: number;
  /** Whether jobs run in this process. Default false: tests call what is due by themselves. */
  hasJobs?: boolean;
  redisUrl?: string;
  hasMetrics?: boolean;
  /** Default: the defaults, with more invitations than a person would send. */
  plans?: ConstructorParameters<typeof Plans>[0];
  operations?: AllowedOperations;
  log?: Parameters<typeof createServer>[0]["log"];
}

/** A server in this process on a free port, with a database of its own. */
export async function startTestServer(options: Options = {}): Promise<TestServer> {
  const database = options.database ?? (await createTestDatabase());
  let statements = 0;
  const server = await createServer({
    databaseUrl: options.databaseUrl ?? database.appUrl,
    secret: testSecret,
    host: "127.0.0.1",
    port: 0,
    ...(options.hasJobs ? { workerUrl: database.workerUrl } : {}),
    ...(options.origins ? { origins: options.origins } : {}),
    ...(options.proxies ? { proxies: options.proxies } : {}),
    ...(options.redisUrl ? { redisUrl: options.redisUrl } : {}),
    ...(options.hasMetrics ? { hasMetrics: true } : {}),
    ...(options.log ? { log: options.log } : {}),
    ...(options.operations ? { operations: options.operations } : {}),
    plans: new Plans(options.plans ?? { default: { invitationsPerHour: 10_000 } }),
    deps: {
      passwordCost: { memoryKiB: 64, passes: 1 },
      isStrict: true,
      // The suites invite more than a person would.
      invitationLimits: { perAddress: 10_000, windowSeconds: 3_600 },
      onRequest: (request) => {
        statements = request.statements;
      },
      ...options.deps,
    },
  });
  return {
    url: server.url,
    server,
    database,
    world: new World(server.services, server.url),
    anonymous: new Client(server.url),
    lastStatements: () => statements,
    async close() {
      await server.close(2_000);
      if (!options.database) await database.drop();
    },
  };
}

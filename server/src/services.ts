/** What operations need, put together from settings; the server, the CLI, the demo and the jobs open it. */
import "./entity-tables.ts";
import { hkdfSync } from "node:crypto";
import type { Logger } from "pino";
import { InvitationLimits, type invitationLimits } from "./auth/invitation-limits.ts";
import { defaultPasswordCost, type PasswordCost, Passwords } from "./auth/passwords.ts";
import { SignInLimits, type signInLimits } from "./auth/sign-in-limits.ts";
import { Feeds } from "./changes/feed.ts";
import type { Services } from "./context.ts";
import { openDatabase } from "./db/client.ts";
import type { Database } from "./db/index.ts";
import { loginOf } from "./db/roles.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { Turns } from "./lib/turns.ts";
import { Budgets } from "./limits/budgets.ts";
import { HourlyLimit } from "./limits/hourly-limit.ts";
import { Plans } from "./limits/plans.ts";
import { limits } from "./transport/limits.ts";
import { CursorCodec } from "./wire/cursors.ts";

export interface ServiceOptions {
  /** Signs in as the app's role. */
  databaseUrl: string;
  secret: string;
  /** The previous secret: what it signed stays valid, and the roles may still have its passwords. */
  previousSecret?: string | null;
  poolSize?: number;
  /** The frontend's address, to which links in invitations point. */
  appUrl?: string | null;
  /** Limits of organizations by plan. Default: the default plan alone. */
  plans?: Plans;
  /** Replaced by tests and the demo. */
  deps?: ServiceDeps;
}

export interface ServiceDeps {
  clock?: Clock;
  passwordCost?: PasswordCost;
  signInLimits?: typeof signInLimits;
  invitationLimits?: typeof invitationLimits;
  statementTimeoutMs?: number;
  /** The seconds after which all points are available again. Default: 60. */
  pointsWindowSeconds?: number;
  /** False: the organization-bound client adds no tenant (to prove row security alone). */
  isClientScoping?: boolean;
  /** False: the services' conditions name no tenant (to prove what stands behind them). */
  isServiceScoping?: boolean;
  /** True: an undeclared error code is a bug. */
  isStrict?: boolean;
}
/** The database of the services. The caller closes it. */
export function openServiceDatabase(
  { databaseUrl, previousSecret, poolSize, deps = {} }: ServiceOptions,
  log: Logger,
): Database {
  return openDatabase({
    login: loginOf(databaseUrl, previousSecret),
    onError: (error) => log.warn({ err: error }, "a database connection broke"),
    ...(poolSize === undefined ? {} : { poolSize }),
    ...(deps.statementTimeoutMs === undefined ? {} : { statementTimeoutMs: deps.statementTimeoutMs }),
    ...(deps.isClientScoping === undefined ? {} : { isScoping: deps.isClientScoping }),
  });
}

/** What reaches other processes, or is reached through them; opened before the services. */
type Connections = Partial<Pick<Services, "database" | "budgets" | "wake" | "changed" | "feeds">>;

/**
 * What operations need, without the wire: for the server, the CLI, the demo and jobs. Built whole: nothing is replaced later.
 *
 * @param connections default: a database of its own, budgets of this process alone, and nobody to hear of changes or jobs
 */
export function openServices(options: ServiceOptions, log: Logger, connections: Connections = {}): Services {
  const { secret, previousSecret, poolSize, appUrl, plans, deps = {} } = options;
  const secrets = previousSecret ? [secret, previousSecret] : [secret];
  const database = connections.database ?? openServiceDatabase(options, log);
  return {
    database,
    clock: deps.clock ?? systemClock,
    log,
    errorCounts: new Map(),
    passwords: new Passwords(deps.passwordCost ?? defaultPasswordCost),
    signInLimits: new SignInLimits(deps.signInLimits),
    invitationLimits: new InvitationLimits(deps.invitationLimits),
    organizationLimits: new HourlyLimit(24 * 60 * 60),
    cursors: new CursorCodec(secrets),
    requestHashKeys: secrets.map((each) => Buffer.from(hkdfSync("sha256", each, "", "idempotency", 32))),
    ...turnsOf(poolSize),
    budgets: connections.budgets ?? new Budgets(null, deps.pointsWindowSeconds),
    plans: plans ?? new Plans(),
    wake: connections.wake ?? (() => {}),
    changed: connections.changed ?? (() => {}),
    feeds: connections.feeds ?? new Feeds(database, { tell() {}, listen() {}, close: async () => {} }, log),
    appUrl: appUrl ?? null,
    isStrict: deps.isStrict ?? false,
    isServiceScoping: deps.isServiceScoping ?? true,
  };
}

/** Two places less than there are for one organization: whoever else comes finds one, whatever a crowd does. */
function turnsOf(poolSize = 10): Pick<Services, "readTurns" | "requestTurns"> {
  const perGroup = Math.max(1, poolSize - 2);
  // And two less for one member or key: its colleagues find one too.
  const places = { atOnce: poolSize, perGroup, perKey: Math.max(1, perGroup - 2), rest: 2 };
  return {
    readTurns: new Turns({ ...places, waitMs: 5_000, mostWaiting: 1_000, lateMs: 2_000 }),
    requestTurns: new Turns({
      atOnce: Number.POSITIVE_INFINITY,
      perGroup: limits.requestsAtOnce.value,
      waitMs: 5_000,
      mostWaiting: limits.requestsWaiting.value,
      lateMs: 2_000,
    }),
  };
}

import type { Logger } from "pino";
import type { SignedInUser, Viewer } from "./access/viewer.ts";
import { unauthenticated } from "./access/viewer.ts";
import type { InvitationLimits } from "./auth/invitation-limits.ts";
import type { Passwords } from "./auth/passwords.ts";
import type { SignInLimits } from "./auth/sign-in-limits.ts";
import type { Feeds } from "./changes/feed.ts";
import type { Follower } from "./changes/follower.ts";
import type { Database, TenantClient } from "./db/index.ts";
import type { Work } from "./db/pool.ts";
import type { Clock } from "./lib/clock.ts";
import type { Turns } from "./lib/turns.ts";
import type { Budgets, Payer } from "./limits/budgets.ts";
import type { HourlyLimit } from "./limits/hourly-limit.ts";
import { defaultPlanName, type Plan, type Plans } from "./limits/plans.ts";
import type { CursorCodec } from "./wire/cursors.ts";
import type { DomainError } from "./wire/errors.ts";

/** What lives as long as the server. */
export interface Services {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often each code was answered, since the start; for metrics. */
  readonly errorCounts: Map<string, number>;
  readonly passwords: Passwords;
  readonly signInLimits: SignInLimits;
  readonly invitationLimits: InvitationLimits;
  /** Organizations that a user creates in a day. */
  readonly organizationLimits: HourlyLimit;
  readonly cursors: CursorCodec;
  /** Key the hash of a request's variables, so that a stored one is no way to guess what was in them; newest first. */
  readonly requestHashKeys: readonly Buffer[];
  /** Reads take turns by organization: queries, exports, and what is run for changes that somebody follows. */
  readonly readTurns: Turns;
  /** The requests of each member or key, among themselves. */
  readonly requestTurns: Turns;
  /** Points that requests cost. */
  readonly budgets: Budgets;
  readonly plans: Plans;
  /** Tells the jobs that an organization has work for them. */
  readonly wake: (organizationId: string) => void;
  /** Tells who follows the organization's change log, here and in other processes, that there is more of it. */
  readonly changed: (organizationId: string) => void;
  /** Reads the change logs that somebody follows. */
  readonly feeds: Feeds;
  /** Where the frontend is; links lead there. Null: unknown. */
  readonly appUrl: string | null;
  /** In tests: a code that an operation didn't declare is a bug. */
  readonly isStrict: boolean;
  /** False only in tests that prove the walls behind the services. */
  readonly isServiceScoping: boolean;
}

/** What lives as long as one request; the same for HTTP, sockets and jobs. */
export interface Context extends Services {
  requestId: string;
  work: Work;
  /** Whoever the token belongs to; null without one. */
  user: SignedInUser | null;
  /** The actor inside the chosen organization; null when there is none. */
  viewer: Viewer | null;
  /** Why there is no viewer, thrown where one is needed. */
  refusal: DomainError | null;
  /** Reads in the viewer's organization; throws when there is no viewer. */
  readonly db: TenantClient;
  /** The Idempotency-Key and the hashes of operation and variables, newest key first; null without a key. */
  idempotency: { key: string; requestHashes: readonly Buffer[] } | null;
  /** On a socket or a stream: who follows the change log there. Null for a plain request. */
  follower: Follower | null;
  clientAddress: string;
  /** Limits of the viewer's organization; the default ones where there is none. */
  plan: Plan;
  /** Whose points the request uses up; nobody's where the server acts by itself. */
  payers: readonly Payer[];
  /** The token that the request carries, whatever it opens. */
  bearer: string | null;
  userAgent: string | null;
  /** Set by an operation that answered from an earlier run. */
  isReplayed: boolean;
}

interface RequestPart
  extends Partial<
    Pick<
      Context,
      "user" | "refusal" | "idempotency" | "follower" | "clientAddress" | "plan" | "payers" | "bearer" | "userAgent"
    >
  > {
  requestId: string;
  work: Work;
  viewer: Viewer | null;
}

export function createContext(services: Services, request: RequestPart): Context {
  const { viewer, refusal = null } = request;
  return {
    ...services,
    user: null,
    idempotency: null,
    follower: null,
    clientAddress: "",
    plan: services.plans.of(defaultPlanName),
    payers: [],
    bearer: null,
    userAgent: null,
    isReplayed: false,
    ...request,
    refusal,
    db: viewer ? services.database.for(viewer.organizationId) : refusingClient(refusal),
  };
}

/** A value and not a getter: whoever copies the context would run a getter. */
function refusingClient(refusal: DomainError | null): TenantClient {
  return new Proxy({} as TenantClient, {
    get() {
      throw refusal ?? unauthenticated();
    },
  });
}

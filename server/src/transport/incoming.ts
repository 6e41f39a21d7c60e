import type { Identity } from "../auth/authenticate.ts";
import type { Work } from "../db/pool.ts";
import type { Balance } from "../limits/budgets.ts";
import type { Operation } from "../limits/cost.ts";
import type { LiveSession } from "./live-session.ts";
import type { RequestHead } from "./request-context.ts";

/** What a request brings into the pipeline. */
export interface Incoming {
  head: RequestHead;
  requestId: string;
  work: Work;
  /** What its cost depends on; set when the operation was looked at. */
  operation?: Operation;
  /** Tells what is left of the budgets, where the way has headers. */
  tellBalances?(balances: readonly Balance[]): void;
  /** Tells whether the credentials open something. */
  tellCredentials?(isOpening: boolean): void;
  /** For the log: what was asked, and the codes it was answered with. */
  summary: {
    operation?: string;
    codes?: string[];
    isRefused?: boolean;
    organizationId?: string;
    actorId?: string;
    /** Whose points ran out. */
    budget?: string;
    /** Of a document that isn't listed: the operator may want to. */
    document?: string;
  };
  /** Makes the response one that lasts; on a socket, its session. */
  openSession(identity: Identity): LiveSession;
}

import { createHash, createHmac, randomUUID } from "node:crypto";
import { authenticate, type Identity } from "../auth/authenticate.ts";
import { type Context, createContext, type Services } from "../context.ts";
import { toDomainError } from "../db/faults.ts";
import type { Work } from "../db/pool.ts";
import { networkOf } from "../lib/network.ts";
import { isUuid } from "../lib/uuid.ts";
import type { Payer } from "../limits/budgets.ts";
import { defaultPlanName, type Plan } from "../limits/plans.ts";
import { DomainError } from "../wire/errors.ts";
import { parseGlobalId } from "../wire/ids.ts";

/** What a request says about itself, from headers or from connection_init. */
export interface RequestHead {
  get(name: string): string | null;
  clientAddress: string;
}

export interface RequestBody {
  query?: string | undefined;
  /** In the place of `query`: the id of a listed document. */
  documentId?: string | null | undefined;
  operationName?: string | null | undefined;
  variables?: unknown;
  extensions?: Record<string, unknown> | null | undefined;
}

const requestIdPattern = /^[\w.:-]{8,64}$/;

/** The caller's X-Request-Id when it has a harmless form, else a new one. */
export function requestIdOf(given: string | null): string {
  return given && requestIdPattern.test(given) ? given : `req_${randomUUID().replaceAll("-", "")}`;
}

/** The operation and its variables as one text: the same operation has the same. */
export function operationKey({ query, operationName, variables }: RequestBody): string {
  return JSON.stringify([query ?? "", operationName ?? "", sorted(variables ?? {})]);
}

/** The context of one request; who sends it is asked anew for each. */
export async function contextFor(
  services: Services,
  head: RequestHead,
  body: RequestBody,
  requestId: string,
  work: Work,
): Promise<Context> {
  const identity = await identify(services, head);
  if (identity.viewer && !services.isServiceScoping) identity.viewer.isUnscopedForTests = true;
  const plan = services.plans.of(identity.limits?.plan ?? defaultPlanName);
  return createContext(services, {
    user: identity.user,
    viewer: identity.viewer,
    refusal: identity.refusal,
    plan,
    payers: payersOf(identity, plan, head.clientAddress),
    requestId,
    work,
    idempotency: idempotencyOf(head, body, services.requestHashKeys),
    clientAddress: head.clientAddress,
    bearer: /^Bearer +(\S{1,200})$/i.exec(head.get("authorization") ?? "")?.[1] ?? null,
    userAgent: head.get("user-agent")?.slice(0, 300) ?? null,
  });
}

/** Points a minute of a network without a viewer: signing in, and what is refused. */
const pointsOfANetwork = 6_000;

function payersOf({ viewer, user, limits }: Identity, plan: Plan, address: string): Payer[] {
  if (!viewer && user) return [{ name: "member", id: user.userId, points: plan.pointsPerActor }];
  if (!viewer) return [{ name: "network", id: networkOf(address), points: pointsOfANetwork }];
  const { actor, organizationId } = viewer;
  const points = Math.min(limits?.pointsPerMinute ?? plan.pointsPerActor, plan.pointsPerActor);
  return [
    { name: actor.kind === "API_KEY" ? "key" : "member", id: actor.id as string, points },
    { name: "organization", id: organizationId, points: plan.pointsPerOrganization },
  ];
}

/** Credentials as something that may be kept: the hash of the token, however the header is written. */
export function credentialsOf(authorization: string | null): string | null {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? authorization;
  return token && createHash("sha256").update(token).digest("base64url");
}

export async function identify(services: Services, head: RequestHead): Promise<Identity> {
  try {
    return await authenticate(services.database, {
      authorization: head.get("authorization"),
      organizationId: organizationOf(head.get("x-organization-id")),
    });
  } catch (error) {
    // Thrown by the first field that needs a viewer; what needs none works on.
    const refusal = error instanceof DomainError ? error : toDomainError(error);
    if (!refusal) throw error;
    return { user: null, viewer: null, refusal };
  }
}

function organizationOf(header: string | null): string | null {
  if (header === null || header.trim() === "") return null;
  const id = header.trim();
  return isUuid(id) ? id.toLowerCase() : parseGlobalId("Organization", id, ["X-Organization-Id"]);
}

const keyPattern = /^[\x21-\x7e]{1,255}$/;

function idempotencyOf(head: RequestHead, body: RequestBody, hashKeys: readonly Buffer[]): Context["idempotency"] {
  const key = head.get("idempotency-key") ?? body.extensions?.idempotencyKey;
  if (key === null || key === undefined) return null;
  if (typeof key !== "string" || !keyPattern.test(key)) {
    throw new DomainError(
      "VALIDATION",
      "The Idempotency-Key must have 1 to 255 visible ASCII characters, such as a UUID.",
    );
  }
  const operation = operationKey(body);
  return { key, requestHashes: hashKeys.map((hashKey) => createHmac("sha256", hashKey).update(operation).digest()) };
}

/** The same variables in another order are the same variables. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.keys(value)
    .sort()
    .map((key) => [key, sorted((value as Record<string, unknown>)[key])]);
}

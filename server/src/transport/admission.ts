/** What an operation passes before it runs: the points of who pays, a place among its own, its organization's turn. */
import type { ExecutionResult } from "graphql";
import type { Context } from "../context.ts";
import { connectionsOfOneWork } from "../db/pool.ts";
import { networkOf } from "../lib/network.ts";
import { type Charge, OutOfPoints, tightest } from "../limits/budgets.ts";
import { actualCost, costOf, type Operation } from "../limits/cost.ts";
import { DomainError, inTurn } from "../wire/errors.ts";
import type { Incoming } from "./incoming.ts";
import type { RequestBody } from "./request-context.ts";

type Admitted = Context & Incoming & { params?: RequestBody };

/** What may answer with more rows than that takes several places: it keeps the process busy for as long. */
const rowsOfAPlace = 500;

/** A place is a connection too, and what has several fields at its root uses as many at once as one work gets. */
export function placesOf({ rows, fields }: Operation): number {
  return Math.max(1, Math.ceil(rows / rowsOfAPlace), Math.min(fields.length, connectionsOfOneWork));
}

/** @throws RATE_LIMITED; UNAVAILABLE when there is no place in time */
export async function admit(context: Admitted, run: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
  const { budgets } = context;
  const operation = context.operation as Operation;
  const charge = await pay(context);
  let result: ExecutionResult;
  try {
    result = await inPlace(context, operation, run);
  } catch (error) {
    // Without a place nothing was done.
    const isUndone = error instanceof DomainError && error.code === "UNAVAILABLE";
    await budgets.settle(charge, isUndone ? 0 : charge.requested);
    throw error;
  }
  const settled = await budgets.settle(charge, actualCost(operation, result.data));
  context.tellBalances?.(settled.balances);
  return wantsCost(context) ? { ...result, extensions: { ...result.extensions, cost: toCost(settled) } } : result;
}

/** Takes what a subscription costs. @throws RATE_LIMITED */
export async function payForSubscription(context: Admitted): Promise<void> {
  const charge = await pay(context);
  // What it selects is told with each event, and costs nothing then.
  await context.budgets.settle(charge, charge.requested);
}

/** They have limits of their own, by account: nobody must be kept from signing in by who shares the network. */
const signingIn = new Set(["signIn", "refreshSession"]);

/** Takes what the operation may cost. @throws RATE_LIMITED */
async function pay(context: Admitted): Promise<Charge> {
  const operation = context.operation as Operation;
  const isSigningIn = operation.fields.every((name) => signingIn.has(name));
  const payers = isSigningIn ? context.payers.filter(({ name }) => name !== "network") : context.payers;
  try {
    const charge = await context.budgets.charge(payers, costOf(operation));
    context.tellBalances?.(charge.balances);
    return charge;
  } catch (error) {
    if (error instanceof OutOfPoints) context.tellBalances?.(error.balances);
    throw error;
  }
}

/** A key's or a member's requests wait for each other, and queries for their organization's turn; writes do where they write. */
function inPlace<T>(context: Context, operation: Operation, run: () => Promise<T>): Promise<T> {
  const { requestTurns, readTurns, viewer, user, clientAddress } = context;
  const who = viewer?.actor.id ?? user?.userId ?? networkOf(clientAddress);
  const whose = { group: viewer?.organizationId ?? "nobody", key: who, weight: placesOf(operation) };
  const crowd = viewer ? "queries of your organization" : "queries without an organization";
  const read = () => (operation.kind === "query" ? inTurn(readTurns, whose, crowd, run) : run());
  return inTurn(requestTurns, { group: who }, "requests of yours", read);
}

/** `X-Tiketti-Cost: 1`, or `extensions: {cost: true}` in the request. */
function wantsCost({ head, params }: Admitted): boolean {
  return head.get("x-tiketti-cost") === "1" || params?.extensions?.cost === true;
}

function toCost({ requested, actual, balances }: Charge) {
  const balance = tightest(balances);
  return {
    requested,
    actual,
    remaining: balance?.remaining ?? null,
    resetAt: balance ? new Date(balance.resetAt).toISOString() : null,
  };
}

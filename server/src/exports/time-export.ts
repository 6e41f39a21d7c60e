/** `GET /exports/time-entries.csv`: the same time as timeReport, as a streamed file. */

import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { coerceInputValue, type GraphQLInputType, type GraphQLSchema, validateInputValue } from "graphql";
import type { CORSOptions } from "graphql-yoga";
import { requireViewer } from "../access/viewer.ts";
import type { Context, Services } from "../context.ts";
import { headersOf } from "../limits/budgets.ts";
import { costOf } from "../limits/cost.ts";
import { HourlyLimit } from "../limits/hourly-limit.ts";
import { toWireError } from "../schema/error-format.ts";
import { DomainError, type ErrorCode, invalid } from "../wire/errors.ts";
import { formParameters, readForm } from "./csv-form.ts";
import { openTimeExport } from "./time-export.read.ts";

export const timeExportPath = "/exports/time-entries.csv";

/** Concurrent exports per member or key in one process; each reads as fast as it can. */
const exportsAtOnce = 2;
const running = new Map<string, number>();
/** And per hour, as the organization's plan says. */
const begun = new HourlyLimit();

const progressMs = 5_000;

/** A reader that takes nothing for this long has disconnected. */
const stalledMs = 60_000;

interface ExportRequest {
  schema: GraphQLSchema;
  services: Services;
  requestId: string;
  /** False: other origins can't read it. */
  cors: CORSOptions;
  open(): Promise<Context>;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

export async function serveTimeExport(
  { schema, services, requestId, cors, open }: ExportRequest,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  allowOrigin(res, cors);
  if (req.method === "OPTIONS") {
    res.writeHead(204, {
      "access-control-allow-methods": "GET, HEAD",
      "access-control-allow-headers": "authorization, x-organization-id, x-request-id",
      "access-control-max-age": "600",
    });
    res.end();
    return;
  }
  try {
    if (req.method !== "GET" && req.method !== "HEAD") {
      res.setHeader("allow", "GET, HEAD, OPTIONS");
      throw new DomainError("BAD_REQUEST", `${timeExportPath} takes only GET; give the filter in the query string.`);
    }
    await answer(schema, await open(), req, res);
  } catch (error) {
    // A client that disconnected gets no answer, and that isn't an error.
    if (res.destroyed) return;
    const { message, extensions } = toWireError(error, requestId, services);
    const { http: _status, ...shown } = extensions as { http?: unknown; code: ErrorCode; retryAfterMs?: number };
    if (shown.retryAfterMs !== undefined) res.setHeader("retry-after", Math.ceil(shown.retryAfterMs / 1_000));
    res.writeHead(res.hasHeader("allow") ? 405 : (statuses[shown.code] ?? 400), { "content-type": "application/json" });
    res.end(JSON.stringify({ errors: [{ message, extensions: shown }] }));
  }
}

/** As GraphQL Yoga does for /graphql. */
function allowOrigin(res: ServerResponse, cors: CORSOptions): void {
  res.setHeader("vary", "Origin");
  if (!cors || !Array.isArray(cors.origin)) return;
  res.setHeader("access-control-allow-origin", String(cors.origin[0]));
  res.setHeader("access-control-expose-headers", "x-request-id, x-row-count, content-disposition");
}

/** Writes the whole response. Throws only before anything is written. */
async function answer(schema: GraphQLSchema, context: Context, req: IncomingMessage, res: ServerResponse) {
  const { organizationId, actor } = requireViewer(context);
  const { searchParams } = new URL(req.url ?? "", "http://localhost");
  requireKnown(searchParams);
  const filter = readFilter(schema, searchParams.get("filter"));
  const form = readForm(searchParams);
  const slot = `${organizationId} ${actor.id}`;
  const count = running.get(slot) ?? 0;
  if (count >= exportsAtOnce)
    throw new DomainError(
      "RATE_LIMITED",
      `${exportsAtOnce} of your exports are already running; wait for one of them to end.`,
      { retryAfterMs: 10_000 },
    );
  // Before the first await, so that parallel requests can't bypass the count.
  running.set(slot, count + 1);
  try {
    if (req.method === "GET") await begun.take(slot, context.plan.exportsPerHour, "you exported too often");
    const { rowCount, fileName, chunks } = await openTimeExport(context, filter, form);
    if (req.method === "GET") await payForExport(context, res, rowCount);
    res.writeHead(200, {
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "no-store",
      "x-row-count": rowCount,
    });
    if (req.method === "HEAD") return void res.end();
    res.setTimeout(stalledMs, () => res.destroy());
    if (form.hasMark) res.write("\ufeff");
    await stream(context, res, rowCount, chunks());
  } finally {
    const left = (running.get(slot) ?? 1) - 1;
    if (left > 0) running.set(slot, left);
    else running.delete(slot);
  }
}

/** Costs as much as a query that returns this many rows. @throws RATE_LIMITED */
async function payForExport({ budgets, payers }: Context, res: ServerResponse, rows: number): Promise<void> {
  const cost = costOf({ kind: "query", fields: ["export"], rows, inputRows: 0 });
  const charge = await budgets.charge(payers, cost);
  await budgets.settle(charge, cost);
  for (const [name, value] of Object.entries(headersOf(charge.balances))) res.setHeader(name, value);
}

async function stream(
  { log, requestId, work }: Context,
  res: ServerResponse,
  rowCount: number,
  chunks: AsyncIterable<{ text: string; rows: number }>,
): Promise<void> {
  let [rows, told] = [0, performance.now()];
  try {
    for await (const chunk of chunks) {
      rows += chunk.rows;
      if (!res.write(chunk.text)) await Promise.race([once(res, "drain"), once(res, "close")]);
      if (res.destroyed) return;
      if (performance.now() - told > progressMs) {
        log.info({ requestId, rows, of: rowCount }, "an export goes on");
        told = performance.now();
      }
    }
    res.end();
    log.info({ requestId, rows, statements: work.statements }, "an export is done");
  } catch (error) {
    // The status is already sent, so the connection is cut: the file must not pass for a complete one.
    log.error({ requestId, rows, err: error }, "an export broke off");
    res.destroy();
  }
}

const parameters: readonly string[] = ["filter", ...formParameters];

/** Refuses unknown parameters, because a misspelled filter must not export everything. @throws VALIDATION */
function requireKnown(params: URLSearchParams): void {
  for (const name of params.keys())
    if (!parameters.includes(name) || params.getAll(name).length > 1)
      throw invalid(
        [name],
        `The export takes the parameters ${parameters.join(", ")}, each once; ${name.slice(0, 40)} isn't one of them or is repeated.`,
        "UNKNOWN",
      );
}

/** The filter as `timeReport(filter:)` takes it, in JSON. @throws VALIDATION */
function readFilter(schema: GraphQLSchema, text: string | null): Record<string, unknown> | null {
  if (text === null || text.trim() === "") return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(["filter"], 'filter must be a TimeEntryFilter as JSON, such as {"workedOn":{"gte":"2026-11-01"}}.');
  }
  const type = schema.getType("TimeEntryFilter") as GraphQLInputType;
  validateInputValue(value, type, (error, path) => {
    throw invalid(["filter", ...path], error.message, "INVALID_TYPE");
  });
  return coerceInputValue(value, type) as Record<string, unknown> | null;
}

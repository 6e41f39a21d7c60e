import type { IncomingMessage, ServerResponse } from "node:http";
import type pg from "pg";

/**
 * `/health/live` reports that the process runs; `/health/ready` that it can serve: the database answers
 * and the server isn't stopping.
 */
export function createHealth(control: pg.Pool, isStopping: () => boolean) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const path = request.url?.split("?")[0];
    if (path === "/health/live") {
      answer(response, 200, { status: "live" });
      return true;
    }
    if (path !== "/health/ready") return false;
    const reason = isStopping() ? "stopping" : await databaseFault(control);
    answer(response, reason ? 503 : 200, reason ? { status: "unavailable", reason } : { status: "ready" });
    return true;
  };
}

async function databaseFault(control: pg.Pool): Promise<string | null> {
  try {
    await control.query("select 1");
    return null;
  } catch (error) {
    const { code } = error as { code?: string };
    return reasons[code ?? ""] ?? "the database doesn't answer";
  }
}

/** By SQLSTATE; the log has PostgreSQL's own message. */
const reasons: Record<string, string> = {
  "28P01": "the database refuses the password of this server's role; check TIKETTI_SECRET",
  "28000": "the database doesn't let this server's role sign in from here",
  "3D000": "the database doesn't exist",
  "57P03": "the database is starting",
  "53300": "the database has no free connection",
};

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

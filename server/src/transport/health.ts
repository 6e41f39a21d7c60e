import type { IncomingMessage, ServerResponse } from "node:http";
import type pg from "pg";

/**
 * `/health/live` says that the process runs; `/health/ready` that it can serve: the database answers
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
  } catch {
    return "the database doesn't answer";
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/** What a request brings that is looked at before anything parses it as GraphQL. */
import type { IncomingMessage } from "node:http";
import { limits } from "./limits.ts";
import { type BodyFault, type RefuseStranger, shapeFault } from "./request-body.ts";

/**
 * Values in an address that are no JSON or too many, and a document that is larger than a stranger's may be: looking at
 * one takes longer than its size, so who sends it is asked first.
 */
export async function addressFault(
  req: IncomingMessage & { body?: unknown },
  refuseStranger: RefuseStranger,
): Promise<BodyFault | null> {
  let query = (req.body as { query?: unknown } | undefined)?.query;
  if (req.method === "GET") {
    const { searchParams } = new URL(req.url ?? "", "http://localhost");
    query = searchParams.get("query");
    for (const name of ["variables", "extensions"]) {
      const text = searchParams.get(name);
      const fault = text && valueFault(name, text);
      if (fault) return { status: 400, code: "BAD_REQUEST", message: fault };
    }
  }
  const most = limits.anonymousDocumentBytes.value;
  if (typeof query !== "string" || query.length <= most) return null;
  return refuseStranger({ status: 401, code: "UNAUTHENTICATED", message: documentOfStrangers() });
}

export function documentOfStrangers(): string {
  return `The document is over ${limits.anonymousDocumentBytes.value.toLocaleString("en")} characters, and only signed-in viewers can send one that long. Send \`Authorization: Bearer <access token or API key>\`.`;
}

/** As a body's: an object, not too deep, not too large. */
function valueFault(name: string, text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || (typeof value === "object" && !Array.isArray(value))) return shapeFault(name, value);
  } catch {}
  return `${name} in the address must be a JSON object.`;
}

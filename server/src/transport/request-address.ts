/** What a request brings that is looked at before anything parses it as GraphQL. */
import type { IncomingMessage } from "node:http";
import { limits } from "./limits.ts";
import type { BodyFault, RefuseStranger } from "./request-body.ts";

/**
 * Values in an address that are no JSON, and a document that is larger than a stranger's may be: looking at one takes
 * longer than its size, so who sends it is asked first.
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
      if (text && !isObject(text))
        return { status: 400, code: "BAD_REQUEST", message: `${name} in the address must be a JSON object.` };
    }
  }
  const most = limits.anonymousDocumentBytes.value;
  if (typeof query !== "string" || query.length <= most) return null;
  return refuseStranger({ status: 401, code: "UNAUTHENTICATED", message: documentOfStrangers() });
}

export function documentOfStrangers(): string {
  return `The document is over ${limits.anonymousDocumentBytes.value.toLocaleString("en")} characters, which only signed-in viewers may send. Send \`Authorization: Bearer <access token or API key>\`.`;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return value === null || (typeof value === "object" && !Array.isArray(value));
  } catch {
    return false;
  }
}

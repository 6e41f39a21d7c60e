import type { IncomingMessage } from "node:http";
import { limits } from "./limits.ts";

/** Reads the body whole, so that its size is known before anything parses it. */
export async function readBody(
  req: IncomingMessage,
): Promise<{ status: number; code: string; message: string } | null> {
  if (req.method !== "POST") return null;
  // Forms are what a browser sends across origins without asking (CSRF).
  if (!isJson(req))
    return {
      status: 415,
      code: "BAD_REQUEST",
      message: "Send the request as JSON: content-type application/json, in UTF-8.",
    };
  const encoding = header(req, "content-encoding");
  if (encoding && encoding !== "identity")
    return { status: 415, code: "BAD_REQUEST", message: "Send the body as it is, without content-encoding." };
  const limit = limits.bodyBytes.value;
  const tooLarge = {
    status: 413,
    code: "BODY_TOO_LARGE",
    message: `The body is over ${limit.toLocaleString("en")} bytes.`,
  };
  if (Number(header(req, "content-length") ?? 0) > limit) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not destroy the socket: the refusal still goes out on it.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) return tooLarge;
    chunks.push(chunk);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return { status: 400, code: "BAD_REQUEST", message: "The body is not valid UTF-8." };
  }
  try {
    const body: unknown = JSON.parse(text);
    if (body === null || typeof body !== "object" || Array.isArray(body)) throw new TypeError("not an object");
    if (isDeeperThan(body, limits.bodyDepth.value))
      return {
        status: 400,
        code: "BAD_REQUEST",
        message: `The body is nested more than ${limits.bodyDepth.value} deep.`,
      };
    // Yoga's adapter takes a body that was read already from here.
    (req as IncomingMessage & { body: unknown }).body = body;
  } catch {
    return {
      status: 400,
      code: "BAD_REQUEST",
      message: 'The body must be one JSON object such as {"query": "{ viewer { roleName } }"}; batches are not taken.',
    };
  }
  return null;
}

/** Without recursion: the depth is what could end the stack. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (item !== null && typeof item === "object" ? Object.values(item) : []));
  }
  return false;
}

function isJson(req: IncomingMessage): boolean {
  const type = header(req, "content-type") ?? "";
  return /^application\/(graphql\+)?json\s*(;|$)/i.test(type) && !/charset=(?!["']?utf-?8)/i.test(type);
}

/** A header as one text; null when it is absent. */
export function header(req: IncomingMessage, name: string): string | null {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

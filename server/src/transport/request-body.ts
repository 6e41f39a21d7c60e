import type { IncomingMessage } from "node:http";
import type { ErrorCode } from "../wire/errors.ts";
import { limits } from "./limits.ts";

export interface BodyFault {
  status: number;
  code: ErrorCode;
  message: string;
}

/** Requests with large bodies that are read or worked on now. */
const held = new Set<IncomingMessage>();

/** The request is over, however it ended. */
export function releaseBody(req: IncomingMessage): void {
  held.delete(req);
}

/** Answers null for who is signed in, else the refusal, or what stands in the way of knowing. */
export type RefuseStranger = (refusal: BodyFault) => Promise<BodyFault | null>;

/**
 * Reads the body whole, so that its size is known before anything parses it. Who sends it is asked before a large one
 * is read further: strangers have nothing to send that is. `releaseBody` has to follow.
 */
export async function readBody(req: IncomingMessage, refuseStranger: RefuseStranger): Promise<BodyFault | null> {
  if (req.method !== "POST") return null;
  // Browsers send forms across origins without a preflight (CSRF).
  if (!isJson(req))
    return {
      status: 415,
      code: "BAD_REQUEST",
      message: "Send the request as JSON: content-type application/json, in UTF-8.",
    };
  const encoding = header(req, "content-encoding");
  if (encoding && encoding !== "identity")
    return { status: 415, code: "BAD_REQUEST", message: "Send the body uncompressed, without content-encoding." };
  const limit = limits.bodyBytes.value;
  const tooLarge: BodyFault = {
    status: 413,
    code: "BODY_TOO_LARGE",
    message: `The body is over ${limit.toLocaleString("en")} bytes.`,
  };
  if (Number(header(req, "content-length") ?? 0) > limit) return tooLarge;
  const most = limits.anonymousBodyBytes.value;
  const chunks: Buffer[] = [];
  let size = 0;
  let isLarge = false;
  // Leaving the loop early must not destroy the socket: the refusal is still sent on it.
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) return tooLarge;
    if (chunks.push(chunk) > limits.bodyPieces.value)
      return { status: 400, code: "BAD_REQUEST", message: "The body arrived in too many pieces; send larger ones." };
    if (size <= most || isLarge) continue;
    isLarge = true;
    const fault = (await refuseStranger(tooLargeForStrangers())) ?? hold(req);
    if (fault) return fault;
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
    const fault = shapeFault("The body", body);
    if (fault) return { status: 400, code: "BAD_REQUEST", message: fault };
    // Yoga's adapter takes a body that was read already from here.
    (req as IncomingMessage & { body: unknown }).body = body;
  } catch {
    return {
      status: 400,
      code: "BAD_REQUEST",
      message:
        'The body must be one JSON object such as {"query": "{ viewer { roleName } }"}; batches are not accepted.',
    };
  }
  return null;
}

/**
 * What a request brings that is nested too deep or has too many values, as words for it; null: it is fine. Without
 * recursion, since the depth is what could end the stack, and no further than to the limit.
 */
export function shapeFault(what: string, value: unknown): string | null {
  const { bodyDepth, bodyValues } = limits;
  let level: unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > bodyDepth.value) return `${what} is nested more than ${bodyDepth.value} deep.`;
    const below: unknown[] = [];
    for (const item of level) {
      if (item === null || typeof item !== "object") continue;
      for (const name in item) {
        if (++values > bodyValues.value)
          return `${what} has more than ${bodyValues.value.toLocaleString("en")} values; split the request.`;
        below.push((item as Record<string, unknown>)[name]);
      }
    }
    level = below;
  }
  return null;
}

function isJson(req: IncomingMessage): boolean {
  const type = header(req, "content-type") ?? "";
  return /^application\/(graphql\+)?json\s*(;|$)/i.test(type) && !/charset=(?!["']?utf-?8)/i.test(type);
}

function tooLargeForStrangers(): BodyFault {
  return {
    status: 401,
    code: "UNAUTHENTICATED",
    message: `The body is over ${limits.anonymousBodyBytes.value.toLocaleString("en")} bytes, and only signed-in viewers can send that many. Send \`Authorization: Bearer <access token or API key>\`.`,
  };
}

/** A place for a large body; a fault when there is none. */
function hold(req: IncomingMessage): BodyFault | null {
  if ((held.size + 1) * limits.bodyBytes.value > limits.bodiesBytes.value)
    return {
      status: 503,
      code: "UNAVAILABLE",
      message: "The server is handling too many large requests; nothing was done. Try again in a moment.",
    };
  held.add(req);
  return null;
}

/** A header as one text; null when it is absent. */
export function header(req: IncomingMessage, name: string): string | null {
  const value = req.headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}

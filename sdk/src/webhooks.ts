/**
 * Verifies webhooks, in the format of Standard Webhooks 1.0.0: HMAC-SHA256 over `id.timestamp.body`, in the headers
 * `webhook-id`, `webhook-timestamp` and `webhook-signature`. Needs WebCrypto.
 */
import type * as types from "./_generated/types.ts";
import type { ChangeKind } from "./_generated/types.ts";

/** `TICKET_CREATED` as webhooks write it: `ticket.created`. */
export type WebhookEventType<Kind extends ChangeKind = ChangeKind> = Dotted<Kind>;

type Dotted<Kind extends string> = Kind extends `TIME_ENTRY_${infer Rest}`
  ? `time_entry.${Lowercase<Rest>}`
  : Kind extends `API_KEY_${infer Rest}`
    ? `api_key.${Lowercase<Rest>}`
    : Kind extends `${infer Subject}_${infer Rest}`
      ? `${Lowercase<Subject>}.${Lowercase<Rest>}`
      : Lowercase<Kind>;

/** The subject of an event, as methods return it; without a method of its own, its id and fields. */
interface Entities {
  ticket: types.TicketFieldsFragment;
  message: types.MessageFieldsFragment;
  contact: types.ContactFieldsFragment;
  company: types.CompanyFieldsFragment;
  label: types.LabelFieldsFragment;
  member: types.MemberFieldsFragment;
  role: types.RoleFieldsFragment;
  invitation: types.InvitationFieldsFragment;
  time_entry: types.TimeEntryFieldsFragment;
  api_key: types.ApiKeyFieldsFragment;
  organization: types.OrganizationFieldsFragment;
}

type EntityOf<Type extends string> = Type extends `${infer Subject}.${string}`
  ? Subject extends keyof Entities
    ? Entities[Subject]
    : { id: string }
  : never;

/** One event; `type` says which. */
export type WebhookEvent<Type extends WebhookEventType = WebhookEventType> = {
  [One in Type]: {
    /** The delivery's id, from the header: the same for each attempt. Store it to skip repeated deliveries. */
    id: string;
    type: One;
    /** All changes to the subject in the same write; `type` is the first. */
    kinds: WebhookEventType[];
    /** When it happened, as an ISO 8601 instant. */
    timestamp: string;
    organizationId: string;
    /** The position right after it: `changes.list({ after })` continues from here. */
    cursor: string;
    /** The subject as it is now; only its id if it was deleted. */
    data: EntityOf<One> | { id: string };
    /** The previous values of the changed fields; null if it is new. */
    previous: Partial<EntityOf<One>> | null;
  };
}[Type];

export type WebhookFault =
  | "MISSING_HEADER"
  | "BAD_TIMESTAMP"
  | "TOO_OLD"
  | "TOO_NEW"
  | "BAD_SIGNATURE"
  | "BAD_BODY"
  | "BAD_SECRET";

/** The reason why a webhook was refused: answer it with 400. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
  readonly code: WebhookFault;

  constructor(code: WebhookFault, message: string) {
    super(message);
    this.code = code;
  }
}

export interface VerifyOptions {
  /** `whsec_…`, or several while one replaces another. */
  secret: string | readonly string[];
  /** The request's headers: a Headers, or an object with names in any case. */
  headers: Headers | Record<string, string | string[] | undefined>;
  /** The body exactly as received; parsing and printing it changes it. */
  body: string | Uint8Array;
  /** How far its time can be from now, in milliseconds. Default: five minutes. */
  toleranceMs?: number;
  /** Default: now, in milliseconds since 1970. */
  now?: number;
}

/**
 * Verifies a webhook signed by Tiketti and returns its event.
 *
 * @throws WebhookError if the signature or the time is wrong
 */
export async function verifyWebhook({
  secret,
  headers,
  body,
  toleranceMs = 300_000,
  now = Date.now(),
}: VerifyOptions): Promise<WebhookEvent> {
  const header = (name: string): string => {
    const value =
      headers instanceof Headers
        ? headers.get(name)
        : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
    const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
    if (typeof one !== "string" || one === "")
      throw new WebhookError(
        "MISSING_HEADER",
        `The header ${name} is missing${Array.isArray(value) ? ", or given more than once" : ""}.`,
      );
    return one;
  };
  const id = header("webhook-id");
  const timestamp = header("webhook-timestamp");
  const signatures = header("webhook-signature").split(" ");
  if (!/^\d{1,12}$/.test(timestamp))
    throw new WebhookError("BAD_TIMESTAMP", `webhook-timestamp must be seconds since 1970; it is "${timestamp}".`);
  const age = now - Number(timestamp) * 1_000;
  if (age > toleranceMs) throw new WebhookError("TOO_OLD", "The webhook is too old: it was delayed or replayed.");
  if (age < -toleranceMs) throw new WebhookError("TOO_NEW", "The webhook's time is in the future; check the clocks.");
  const content = signedContent(id, timestamp, body);
  let isSigned = false;
  for (const one of typeof secret === "string" ? [secret] : secret) {
    const key = await importKey(one, "verify");
    for (const signature of signatures) {
      const bytes = signature.startsWith("v1,") ? fromBase64(signature.slice(3)) : null;
      // WebCrypto compares in constant time.
      if (bytes && (await crypto.subtle.verify("HMAC", key, bytes, content))) isSigned = true;
    }
  }
  if (!isSigned)
    throw new WebhookError("BAD_SIGNATURE", "No signature matches: the secret is wrong, or the body was changed.");
  try {
    const event = JSON.parse(typeof body === "string" ? body : new TextDecoder().decode(body));
    if (typeof event?.type === "string" && typeof event.data?.id === "string") return { ...event, id } as WebhookEvent;
  } catch {}
  throw new WebhookError("BAD_BODY", "The body is signed but isn't an event.");
}

/** The value of `webhook-signature`; for tests of your receiver. */
export async function signWebhook({
  secret,
  id,
  timestamp,
  body,
}: {
  secret: string;
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string | Uint8Array;
}): Promise<string> {
  const content = signedContent(id, String(timestamp), body);
  const bytes = await crypto.subtle.sign("HMAC", await importKey(secret, "sign"), content);
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(bytes)))}`;
}

function signedContent(id: string, timestamp: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const head = encoder.encode(`${id}.${timestamp}.`);
  const rest = typeof body === "string" ? encoder.encode(body) : body;
  const content = new Uint8Array(head.length + rest.length);
  content.set(head);
  content.set(rest, head.length);
  return content;
}

async function importKey(secret: string, use: "sign" | "verify"): Promise<CryptoKey> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ""));
  // 24 to 64 bytes, as the standard requires.
  if (!bytes || bytes.length < 24 || bytes.length > 64)
    throw new WebhookError("BAD_SECRET", "The secret must be whsec_ followed by 24 to 64 bytes in base64.");
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [use]);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

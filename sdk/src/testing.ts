/** For tests of programs that use the client: a fake fetch, and signed webhooks. */
import type { WebhookEvent, WebhookEventType } from "./webhooks.ts";
import { signWebhook } from "./webhooks.ts";

/** One operation as the client sent it. */
export interface SentOperation {
  /** The root fields. */
  fields: string[];
  query: string;
  variables: Record<string, unknown>;
  headers: Headers;
}

/** Answers one root field. An Error that it throws or returns becomes the answer's error. */
export type Answering = (variables: Record<string, unknown>, operation: SentOperation) => unknown;

export interface FakeApi {
  /** Give it to the client as `fetch`. */
  fetch: typeof fetch;
  /** The operations received, oldest first. */
  operations: SentOperation[];
  /** Sets the answer of a root field; the last call wins. */
  on(field: string, answering: Answering | object): FakeApi;
  /** Makes the next request, or the next `times`, fail in the network. */
  cut(times?: number): FakeApi;
  /** Answers the next request with this status and headers. */
  refuse(status: number, headers?: Record<string, string>): FakeApi;
}

/** An API error, for answers to throw. */
export class FakeError extends Error {
  readonly extensions: Record<string, unknown>;

  constructor(code: string, message: string = code, extensions: Record<string, unknown> = {}) {
    super(message);
    this.extensions = { code, isRetryable: false, requestId: "req_fake", ...extensions };
  }
}

/**
 * A stand-in for the API, in memory.
 *
 * @example
 * const api = fakeApi().on("ticketReply", { message: { id: "message_1" }, ticket: null, cursor: "change_1" });
 * const tiketti = createTiketti({ url: "https://desk.test", apiKey: "tk_test", fetch: api.fetch });
 */
export function fakeApi(): FakeApi {
  const answers = new Map<string, Answering | object>();
  const troubles: (() => Response)[] = [];
  const api: FakeApi = {
    operations: [],
    on(field, answering) {
      answers.set(field, answering);
      return api;
    },
    cut(times = 1) {
      for (let index = 0; index < times; index++)
        troubles.push(() => {
          throw new TypeError("fetch failed");
        });
      return api;
    },
    refuse(status, headers = {}) {
      troubles.push(() => new Response("refused", { status, headers }));
      return api;
    },
    async fetch(_input, init = {}) {
      const { query, variables = {} } = JSON.parse(String(init.body));
      init.signal?.throwIfAborted();
      const fields = rootFields(query);
      const operation = { query, variables, fields: [...fields.values()], headers: new Headers(init.headers) };
      api.operations.push(operation);
      const trouble = troubles.shift();
      if (trouble) return trouble();
      return Response.json(await answer(operation, fields), { headers: { "x-request-id": "req_fake" } });
    },
  };

  async function answer(operation: SentOperation, fields: ReadonlyMap<string, string>) {
    const data: Record<string, unknown> = {};
    const errors: unknown[] = [];
    for (const [name, field] of fields)
      try {
        const answering = answers.get(field);
        if (answering === undefined)
          throw new FakeError("NOT_FOUND", `fakeApi() has no answer for ${field}; set one with on().`);
        const value = typeof answering === "function" ? await answering(operation.variables, operation) : answering;
        if (value instanceof Error) throw value;
        data[name] = value;
      } catch (error) {
        const { message, extensions } = error as FakeError;
        data[name] = null;
        errors.push({ message, path: [name], extensions: extensions ?? { code: "INTERNAL" } });
      }
    return errors.length > 0 ? { data, errors } : { data };
  }
  return api;
}

/** The root fields of a document's first operation, by their names in the answer. */
function rootFields(query: string): Map<string, string> {
  const fields = new Map<string, string>();
  let alias: string | null = null;
  let depth = 0;
  let parens = 0;
  for (const [token] of query.matchAll(/"(?:\\.|[^"\\])*"|[{}()]|[$@]?\w+(?:\s*:)?/g)) {
    if (token === "(") parens++;
    else if (token === ")") parens--;
    else if (token === "{") depth++;
    else if (token === "}") {
      if (--depth === 0) return fields;
    } else if (depth === 1 && parens === 0 && !token.startsWith("@")) {
      if (token.endsWith(":")) alias = token.slice(0, -1).trim();
      else {
        fields.set(alias ?? token, token);
        alias = null;
      }
    }
  }
  return fields;
}

/**
 * A webhook as Tiketti sends it, signed: its headers and body.
 *
 * @example
 * const { headers, body } = await webhook({ secret, type: "ticket.created", data: { id: "ticket_1" } });
 */
export async function webhook<Type extends WebhookEventType>({
  secret,
  type,
  data = { id: "subject_test" },
  previous = null,
  id = `delivery_${crypto.randomUUID()}`,
  at = new Date(),
  organizationId = "organization_test",
  cursor = "change_test",
}: { secret: string; type: Type; at?: Date } & Partial<
  Pick<WebhookEvent<Type>, "id" | "data" | "previous" | "organizationId" | "cursor">
>): Promise<{ headers: Record<string, string>; body: string }> {
  const body = JSON.stringify({
    type,
    kinds: [type],
    timestamp: at.toISOString(),
    organizationId,
    cursor,
    data,
    previous,
  });
  const timestamp = Math.floor(at.getTime() / 1_000);
  return {
    body,
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": await signWebhook({ secret, id, timestamp, body }),
      "x-tiketti-event": type,
      "x-tiketti-delivery": id,
    },
  };
}

/**
 * One live event, with the fields that every change has.
 *
 * @example
 * const change = liveChange({ kinds: ["TICKET_CREATED"], setChange: "ENTERED", ticketId: "ticket_1", ticket: null });
 */
export function liveChange<Fields extends object>(fields: Fields) {
  return {
    type: "CHANGE" as const,
    cursor: "change_test",
    kinds: [] as string[],
    occurredAt: new Date().toISOString(),
    actor: { __typename: "System" as const, id: "system", name: "Tiketti" },
    fieldChanges: [] as { field: string; before: unknown; after: unknown }[],
    ...fields,
  };
}

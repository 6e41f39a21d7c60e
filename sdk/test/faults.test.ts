/** F60, T69: what goes wrong on the way, and what never leaves. Over real HTTP, answered by a server that misbehaves. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { type ClientOptions, createTiketti, type RetryEvent, TikettiError } from "@tiketti/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { until } from "../../server/test/testkit/until.ts";

type Answer = (res: ServerResponse, req: IncomingMessage) => void;
interface Came {
  headers: IncomingMessage["headers"];
  url: string;
}

let server: Server;
let url: string;
let came: Came[];
/** What the next requests are answered with; then `fine`. */
let script: Answer[];
const key = `tk_${"s".repeat(43)}`;
const fine: Answer = (res) =>
  json(res, 200, { data: { viewer: { roleName: "Admin" }, ticketDelete: { cursor: "c" } } });

function json(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  res.writeHead(status, { "content-type": "application/json", ...headers });
  res.end(JSON.stringify(body));
}
const refuse =
  (code: string, extensions: object = {}, status = 200): Answer =>
  (res) =>
    json(res, status, { errors: [{ message: code, extensions: { code, isRetryable: false, ...extensions } }] });
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (res) => {
    res.writeHead(code, { "content-type": "text/html", ...headers });
    res.end("<html>proxy</html>");
  };
const cut: Answer = (res) => res.socket?.destroy();
const half: Answer = (res) => {
  res.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  res.write('{"data":');
  setImmediate(() => res.socket?.destroy());
};
const garbage: Answer = (res) => {
  res.writeHead(200, { "content-type": "application/json" });
  res.end('{"data": {"vie');
};
const never: Answer = () => {};

beforeEach(async () => {
  came = [];
  script = [];
  server = createServer((req, res) => {
    came.push({ headers: req.headers, url: req.url ?? "" });
    req.resume();
    (script.shift() ?? fine)(res, req);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const client = (options: Partial<ClientOptions> = {}) => createTiketti({ url, apiKey: key, ...options });
const read = (options: Partial<ClientOptions> = {}) => client(options).query({ viewer: { roleName: true } });
const write = (options: Partial<ClientOptions> = {}) => client(options).tickets.delete({ ticketId: "ticket_1" });
const failing = async (call: PromiseLike<unknown>): Promise<TikettiError> => {
  const error = await call.then(
    () => null,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(TikettiError);
  return error;
};

describe("what passes is tried again", () => {
  it.each<[string, Answer]>([
    ["a connection that is cut", cut],
    ["half a body", half],
    ["an answer that is no JSON", garbage],
    ["a proxy's 502", status(502)],
    ["a proxy's 503 that says when", status(503, { "retry-after": "0" })],
    ["a proxy's 504", status(504)],
    ["a proxy's 429", status(429, { "retry-after": "0" })],
    ["UNAVAILABLE", refuse("UNAVAILABLE", { isRetryable: true, retryAfterMs: 1 }, 503)],
    ["a twin that still runs", refuse("CONFLICT", { isRetryable: true, retryAfterMs: 1 })],
  ])("%s: a read, and a mutation under the same idempotency key", async (_what, trouble) => {
    script = [trouble];
    expect(await read()).toMatchObject({ viewer: { roleName: "Admin" } });
    script = [trouble];
    came = [];
    await write();
    const keys = came.map(({ headers }) => headers["idempotency-key"]);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it("waits as long as the server says, in seconds or until a date, and tells it", async () => {
    const told: RetryEvent[] = [];
    script = [
      status(429, { "retry-after": "1" }),
      status(503, { "retry-after": new Date(Date.now() + 2_500).toUTCString() }),
    ];
    await read({ onRetry: (event) => told.push(event) });
    expect(told.map(({ attempt, error }) => [attempt, error.status])).toEqual([
      [0, 429],
      [1, 503],
    ]);
    expect(told[0]?.delayMs).toBeGreaterThanOrEqual(1_000);
    // A date has whole seconds.
    expect(told[1]?.error.retryAfterMs).toBeGreaterThan(0);
  });

  it("outlives half a minute of a server that restarts, and gives up after that", async () => {
    vi.useFakeTimers();
    try {
      const begun = Date.now();
      const isBack = () => Date.now() - begun >= 20_000;
      const asked: number[] = [];
      const answers = async () => {
        asked.push(Date.now() - begun);
        return isBack()
          ? new Response('{"data":{"viewer":{"roleName":"Admin"}}}', {
              headers: { "content-type": "application/json" },
            })
          : new Response("away", { status: 502 });
      };
      const call = createTiketti({ url, apiKey: key, fetch: answers }).query({ viewer: { roleName: true } });
      await vi.advanceTimersByTimeAsync(31_000);
      expect((await call).viewer.roleName).toBe("Admin");

      asked.length = 0;
      const never = async () => {
        asked.push(Date.now());
        return new Response("away", { status: 502 });
      };
      const lost = failing(createTiketti({ url, apiKey: key, fetch: never }).query({ viewer: { roleName: true } }));
      const from = Date.now();
      await vi.advanceTimersByTimeAsync(31_000);
      expect(await lost).toMatchObject({ code: "BAD_RESPONSE", status: 502 });
      expect((asked.at(-1) as number) - from).toBe(30_000);
      expect(asked.length).toBeLessThan(40);
    } finally {
      vi.useRealTimers();
    }
  });

  it("isn't repeated at all where the caller says so", async () => {
    script = [status(502)];
    await failing(read({ retryForMs: 0 }));
    expect(came).toHaveLength(1);
  });

  it("gives up after its retries, with the last error", async () => {
    script = Array.from({ length: 10 }, () => status(502));
    expect(await failing(read({ retries: 1 }))).toMatchObject({ code: "BAD_RESPONSE", status: 502, isRetryable: true });
    expect(came).toHaveLength(2);
  });

  it("doesn't wait for hours", async () => {
    script = [status(429, { "retry-after": "7200" })];
    const error = await failing(read());
    expect(error).toMatchObject({ code: "RATE_LIMITED", retryAfterMs: 7_200_000 });
    expect(came).toHaveLength(1);
  });
});

describe("what stays is not", () => {
  it.each([
    ["VALIDATION", { issues: [{ path: ["input", "subject"], message: "too long", code: "TOO_LONG" }] }],
    ["NOT_FOUND", {}],
    ["FORBIDDEN", {}],
    ["INTERNAL", {}],
    ["CONFLICT", {}],
    ["IDEMPOTENCY_MISMATCH", {}],
  ])("%s is sent once", async (code, extensions) => {
    script = [refuse(code, extensions)];
    expect(await failing(write())).toMatchObject({ code, ...extensions });
    expect(came).toHaveLength(1);
  });

  it("signing in, which the server keeps no key for, is sent once when its answer is lost", async () => {
    for (const trouble of [cut, half, garbage, status(502)]) {
      script = [trouble];
      came = [];
      await failing(client().sessions.refresh({ refreshToken: "x" }));
      expect(came).toHaveLength(1);
    }
    script = [status(429, { "retry-after": "0" })];
    came = [];
    await client().sessions.refresh({ refreshToken: "x" });
    expect(came).toHaveLength(2);
  });

  it("a page that is no API is named with its status, and what to look at", async () => {
    script = [status(404)];
    expect((await failing(read())).message).toMatch(/answered with 404 .*check url/);
  });
});

describe("time and signals", () => {
  it("an attempt that takes too long is TIMEOUT, and tried again", async () => {
    script = [never];
    expect(await read({ timeoutMs: 100 })).toMatchObject({ viewer: { roleName: "Admin" } });
    script = [never];
    expect(await failing(read({ timeoutMs: 100, retries: 0 }))).toMatchObject({ code: "TIMEOUT" });
  });

  it("a signal ends a call that waits for its answer, for its next attempt, or has not begun", async () => {
    const end = () => AbortSignal.timeout(50);
    script = [never];
    expect((await failing(client().viewer.get({ signal: end() }))).code).toBe("ABORTED");
    script = [status(503, { "retry-after": "20" })];
    expect((await failing(client().viewer.get({ signal: end() }))).code).toBe("ABORTED");
    came = [];
    expect((await failing(client().viewer.get({ signal: AbortSignal.abort() }))).code).toBe("ABORTED");
    expect(came).toHaveLength(0);
  });

  it("nobody who listens is NETWORK, with the cause", async () => {
    const error = await failing(createTiketti({ url: "http://127.0.0.1:9", retries: 0 }).viewer.get());
    expect(error.code).toBe("NETWORK");
    expect(error.cause).toBeInstanceOf(Error);
  });
});

describe("accessToken()", () => {
  it("that fails is UNAUTHENTICATED with its reason, asked once for a request and never called the network's fault", async () => {
    let asked = 0;
    const error = await failing(
      createTiketti({
        url,
        accessToken: () => {
          asked++;
          throw new Error("signed out");
        },
      }).viewer.get(),
    );
    expect(error).toMatchObject({ code: "UNAUTHENTICATED", message: "accessToken() failed: signed out" });
    expect(asked).toBeLessThanOrEqual(2);
    expect(came).toHaveLength(0);
  });
});

describe("a token that is refused", () => {
  const refusing: Answer = (res, req) =>
    req.headers.authorization === "Bearer new" ? fine(res, req) : refuse("UNAUTHENTICATED", {}, 401)(res, req);

  it("is asked for anew once, however many calls it was refused for", async () => {
    script = Array.from({ length: 20 }, () => refusing);
    let current = "old";
    let renewals = 0;
    const one = createTiketti({
      url,
      accessToken: async ({ isRejected }) => {
        if (isRejected) {
          renewals++;
          await until("all six are refused", () => came.length >= 6);
          current = "new";
        }
        return current;
      },
    });
    await Promise.all(Array.from({ length: 6 }, () => one.viewer.get()));
    expect(renewals).toBe(1);
  });

  it("doesn't sign in twice: what is sent once is sent once then too", async () => {
    script = [refuse("UNAUTHENTICATED", {}, 401)];
    await failing(
      createTiketti({ url, accessToken: () => "old" }).sessions.signIn({ email: "a@b.test", password: "x" }),
    );
    expect(came).toHaveLength(1);
  });
});

describe("what an operation is, is told by what it does", () => {
  it("a refresh is sent once as a document of one's own and as a selection too", async () => {
    script = [cut, cut];
    await failing(client().request('mutation { refreshSession(input: { refreshToken: "x" }) { accessToken } }'));
    await failing(client().mutate({ refreshSession: { $: { input: { refreshToken: "x" } }, accessToken: true } }));
    expect(came).toHaveLength(2);
  });

  it("hooks that throw end the call and don't repeat it", async () => {
    const error = await write({
      onResponse: () => {
        throw new Error("mine");
      },
    }).then(
      () => null,
      (reason) => reason,
    );
    expect(error.message).toBe("mine");
    expect(came).toHaveLength(1);
  });

  it("a refusal without a code is judged by its status; 0 and Infinity are no time limit; headers per call win", async () => {
    script = [(res) => json(res, 503, { errors: [{ message: "busy" }] })];
    await read({ timeoutMs: Number.POSITIVE_INFINITY });
    await client({ headers: { "x-team": "client" } }).viewer.get({ headers: { "x-team": "call" }, timeoutMs: 0 });
    expect(came.at(-1)?.headers["x-team"]).toBe("call");
  });
});

describe("selections", () => {
  const sent = async (selection: object) => {
    const bodies: string[] = [];
    const one = createTiketti({
      url,
      fetch: async (_input, init) => {
        bodies.push(JSON.parse(String(init?.body)).query);
        return Response.json({ data: { node: { __typename: "Ticket", id__Ticket: "t", code: "A-1" } } });
      },
    });
    const answer = await one.query(selection as never);
    return { query: bodies[0], answer };
  };

  it("of two types with one field's name are answered under that name", async () => {
    const { query, answer } = await sent({
      node: { $: { id: "t" }, on: { Ticket: { id: true, code: true }, Contact: { id: true } } },
    });
    expect(query).toBe(
      "query($v0:ID!){node(id:$v0){__typename ...on Ticket{id__Ticket:id code} ...on Contact{id__Contact:id}}}",
    );
    expect(answer).toEqual({ node: { __typename: "Ticket", id: "t", code: "A-1" } });
  });

  it("of nothing, and with an argument that isn't there, are refused before they are sent", async () => {
    for (const selection of [
      {},
      { tickets: {} },
      { tickets: { nodes: {} } },
      { tickets: { $: { frist: 1 }, asOf: true } },
    ])
      expect((await failing(client().query(selection as never))).code).toBe("INVALID_OPTIONS");
    expect(came).toHaveLength(0);
  });
});

describe("what is known of an answer", () => {
  it("withResponse() tells a failure once: nothing is left unhandled", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    script = [refuse("FORBIDDEN")];
    await failing(client().viewer.get().withResponse());
    // Node tells of it after the promises of this turn.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });

  it("partial data stays with the error", async () => {
    script = [
      (res) =>
        json(res, 200, {
          data: { viewer: null, tickets: { nodes: [1] } },
          errors: [{ message: "no", path: ["viewer"], extensions: { code: "FORBIDDEN", requestId: "req_1" } }],
        }),
    ];
    expect(await failing(read())).toMatchObject({ data: { tickets: { nodes: [1] } }, requestId: "req_1" });
  });

  it("limits that the server tells are kept", async () => {
    script = [
      (res) =>
        json(
          res,
          200,
          { data: { viewer: {} } },
          { "ratelimit-limit": "100", "ratelimit-remaining": "7", "ratelimit-reset": "30" },
        ),
    ];
    const one = client();
    expect(one.rateLimit).toBeNull();
    await one.query({ viewer: { roleName: true } });
    expect(one.rateLimit).toEqual({ name: null, limit: 100, remaining: 7, resetAt: expect.any(Date) });
    script = [
      (res) =>
        json(
          res,
          200,
          { data: { viewer: {} } },
          {
            "ratelimit-policy": '"key";q=60000;w=60, "organization";q=120000;w=60',
            ratelimit: '"key";r=59000;t=41, "organization";r=12;t=40',
          },
        ),
    ];
    await one.query({ viewer: { roleName: true } });
    expect(one.rateLimit).toEqual({ name: "organization", limit: 120_000, remaining: 12, resetAt: expect.any(Date) });
    expect((one.rateLimit?.resetAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(35_000);
  });

  it("hooks see each attempt with the operation's name", async () => {
    const seen: string[] = [];
    script = [status(502)];
    await client({
      onRequest: ({ operation, attempt }) => seen.push(`> ${operation} ${attempt}`),
      onResponse: ({ operation, attempt, status }) => seen.push(`< ${operation} ${attempt} ${status}`),
    }).viewer.get();
    expect(seen).toEqual(["> Viewer 0", "< Viewer 0 502", "> Viewer 1", "< Viewer 1 200"]);
  });
});

describe("T69: the key", () => {
  it.each([301, 302, 303, 307, 308])("goes to no other host by a redirect with %i", async (code) => {
    const strangers: Came[] = [];
    const stranger = createServer((req, res) => {
      strangers.push({ headers: req.headers, url: req.url ?? "" });
      res.end("{}");
    });
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const to = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/graphql`;
    script = [status(code, { location: to })];
    const error = await failing(read());
    expect(error.message).toContain(`redirects to ${to}`);
    expect(strangers).toEqual([]);
    stranger.close();
  });

  it("is shown by no print of the client, its parts or its errors", async () => {
    script = [refuse("FORBIDDEN")];
    const one = client({ headers: { "x-team": "a" } });
    const error = await failing(one.viewer.get());
    script = [cut];
    const lost = await failing(client({ retries: 0 }).viewer.get());
    for (const what of [one, one.tickets, one.tickets.list(), error, lost, one.viewer])
      for (const text of [inspect(what, { depth: 10, showHidden: true }), JSON.stringify(what) ?? ""])
        expect(text).not.toContain(key);
  });

  it("is in no address", async () => {
    await read();
    expect(came[0]?.url).toBe("/graphql");
    expect(came[0]?.headers.authorization).toBe(`Bearer ${key}`);
  });

  it("brings a warning where there is a document, and none where there isn't", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    client();
    expect(warn).not.toHaveBeenCalled();
    vi.stubGlobal("document", {});
    client();
    expect(warn.mock.calls[0]?.[0]).toMatch(/API key is used in a browser/);
    vi.unstubAllGlobals();
    warn.mockRestore();
  });
});

describe("options that don't fit", () => {
  it("are refused at once, and say why", () => {
    for (const bad of [`${key}\nmore`, "tk with space"])
      try {
        createTiketti({ url, apiKey: bad });
        expect.unreachable();
      } catch (error) {
        expect(inspect(error)).toContain("INVALID_OPTIONS");
        expect(inspect(error, { depth: 9 })).not.toContain(bad);
      }
    expect(() => createTiketti({ url: "localhost:4000" })).toThrow("url must begin with https:// or http://");
    expect(() => createTiketti({ url: "desk" })).toThrow(/url must be the address of a server.*"desk"/);
    expect(() => createTiketti({ url, apiKey: key, accessToken: "x" })).toThrow(
      "Give apiKey or accessToken, not both.",
    );
  });
});

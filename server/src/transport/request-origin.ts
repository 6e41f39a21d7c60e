/** Where a request comes from and goes to: addresses, origins, hosts and paths. */
import type { IncomingMessage } from "node:http";
import type { CORSOptions } from "graphql-yoga";
import type { Services } from "../context.ts";
import { header } from "./request-body.ts";

/** "localhost" stands for every port of this machine: where frontends are developed. */
export function corsFor(origin: string | null, origins: string[]): CORSOptions {
  const isLocal = origin !== null && /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);
  const isAllowed = origin !== null && (origins.includes(origin) || (isLocal && origins.includes("localhost")));
  // No cookie is ever read, so the browser's credentials are never needed.
  return isAllowed ? { origin: [origin], credentials: false, exposedHeaders, maxAge: 600 } : false;
}

/** What a browser's page may read of an answer. */
export const exposedHeaders = ["x-request-id", "ratelimit", "ratelimit-policy", "retry-after"];

export function headOf(req: IncomingMessage, proxies: number, log?: Services["log"]) {
  return { get: (name: string) => header(req, name), clientAddress: addressOf(req, proxies, log) };
}

let isWarned = false;

/** Each trusted proxy appends its caller's address; the entries before that come from the caller and prove nothing. */
export function addressOf(req: IncomingMessage, proxies: number, log?: Services["log"]): string {
  if (proxies === 0 && log && !isWarned && req.headers["x-forwarded-for"]) {
    isWarned = true;
    log.warn(
      "requests have X-Forwarded-For but TIKETTI_PROXIES is 0: behind a proxy, all callers share its address and its limits; set TIKETTI_PROXIES to the number of proxies",
    );
  }
  const chain = (header(req, "x-forwarded-for") ?? "").split(",").map((address) => address.trim());
  return (proxies > 0 && chain.at(-proxies)) || (req.socket.remoteAddress ?? "");
}

/** Also with a query in the address: GraphiQL puts it there, and a reload must bring GraphiQL back. */
export function isBrowserVisit(req: IncomingMessage): boolean {
  const wantsPage = (header(req, "accept") ?? "").includes("text/html");
  return req.method === "GET" && wantsPage && (isAtGraphql(req) || isAt(req, "/"));
}

export function isAtGraphql(req: IncomingMessage): boolean {
  return isAt(req, "/graphql");
}

export function isAt(req: IncomingMessage, path: string): boolean {
  return req.url?.split("?")[0] === path;
}

/**
 * Whether the page was requested by one of our own names. An attacker's name can resolve to this server (DNS
 * rebinding), and the attacker's page could then read the demo's key from GraphiQL's page.
 */
export function isOwnHost(req: IncomingMessage, origins: readonly string[]): boolean {
  const { hostname, host } = URL.parse(`http://${header(req, "host")}`) ?? { hostname: "", host: "" };
  const isAddress = /^(\[[\da-f:.]+\]|\d+\.\d+\.\d+\.\d+)$/.test(hostname);
  return hostname === "localhost" || isAddress || origins.some((origin) => URL.parse(origin)?.host === host);
}

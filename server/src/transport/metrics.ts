import type { ServerResponse } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Services } from "../context.ts";
import type { QueueFigures } from "../jobs/worker.ts";
import type { SocketCounters } from "./socket-protocol.ts";

export interface Metrics {
  answer(res: ServerResponse): Promise<void>;
  countRequest(kind: string, status: number, durationMs: number): void;
  /** Asked at each scrape. */
  watchQueue(read: () => Promise<QueueFigures>): void;
}

/** For GET /metrics, in Prometheus' text format. */
export function createMetrics(counters: SocketCounters, services: Services): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addLive(registry, counters, services);
  addErrors(registry, services);
  addPools(registry, services);
  const countRequest = addRequests(registry);
  return {
    countRequest,
    watchQueue: (read) => addQueue(registry, services, read),
    async answer(res) {
      const text = await registry.metrics();
      res.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" });
      res.end(text);
    },
  };
}

function addLive(registry: Registry, counters: SocketCounters, { feeds }: Services): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  gauge("tiketti_sockets", "Open WebSockets.", () => counters.sockets);
  gauge("tiketti_subscriptions", "Running subscriptions, on sockets and streams.", () => counters.subscriptions);
  gauge("tiketti_feeds", "Organizations whose change log is followed.", () => feeds.size);
  gauge("tiketti_feed_lag_seconds", "How long the slowest feed has had changes to read.", () => feeds.lagMs / 1_000);
  counter("tiketti_events_sent_total", "Changes sent to subscriptions.", () => counters.eventsSent);
  counter(
    "tiketti_event_executions_total",
    "How often a document was run for a change; fewer than events where answers are shared.",
    () => counters.executions,
  );
  counter(
    "tiketti_slow_readers_closed_total",
    "Sockets closed because their reader read nothing.",
    () => counters.slowReadersClosed,
  );
}

function addRequests(registry: Registry): Metrics["countRequest"] {
  const requests = new Counter({
    name: "tiketti_requests_total",
    help: "HTTP requests answered, by kind (query, mutation, subscription, export, none) and status.",
    labelNames: ["kind", "status"],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "tiketti_request_duration_seconds",
    help: "Duration of HTTP requests, from the first byte to the end of the answer; for streams, until they ended.",
    labelNames: ["kind"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return (kind, status, durationMs) => {
    requests.inc({ kind, status: String(status) });
    seconds.observe({ kind }, durationMs / 1_000);
  };
}

function addErrors(registry: Registry, { errorCounts }: Services): void {
  new Counter({
    name: "tiketti_errors_total",
    help: "Errors answered, by code, over HTTP, sockets and streams.",
    labelNames: ["code"],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of errorCounts) this.inc({ code }, count);
    },
  });
}

function addPools(registry: Registry, { database }: Services): void {
  new Gauge({
    name: "tiketti_pool_connections",
    help: "Database connections by pool: in use, idle, and requests that wait for one.",
    labelNames: ["pool", "state"],
    registers: [registry],
    collect() {
      for (const [name, pool] of database.pools) {
        this.set({ pool: name, state: "used" }, pool.totalCount - pool.idleCount);
        this.set({ pool: name, state: "idle" }, pool.idleCount);
        this.set({ pool: name, state: "waiting" }, pool.waitingCount);
      }
    },
  });
}

function addQueue(registry: Registry, { log }: Services, read: () => Promise<QueueFigures>): void {
  let figures: QueueFigures | null = null;
  const gauge = (name: string, help: string, value: (figures: QueueFigures) => number, isFirst = false) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        if (isFirst)
          figures = await read().catch((error) => {
            log.warn({ err: error }, "the job queue's figures couldn't be read for /metrics");
            return null;
          });
        // A figure that isn't known is left out; a zero would be a lie.
        if (figures) this.set(value(figures));
        else this.reset();
      },
    });
  gauge("tiketti_jobs_waiting", "Jobs that are due and that no worker has started.", (now) => now.waiting, true);
  gauge("tiketti_jobs_failed", "Jobs that used up their attempts and are not tried again.", (now) => now.failed);
  gauge(
    "tiketti_jobs_oldest_age_seconds",
    "How long the oldest waiting job has been due; 0 when none waits.",
    (now) => now.oldestAgeSeconds,
  );
}

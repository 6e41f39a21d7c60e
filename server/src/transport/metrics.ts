import type { ServerResponse } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Feeds } from "../changes/feed.ts";
import type { SocketCounters } from "./socket-protocol.ts";

export interface Metrics {
  answer(res: ServerResponse): Promise<void>;
}

/** For GET /metrics, in Prometheus' text format. */
export function createMetrics(counters: SocketCounters, feeds: Feeds): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
  gauge("tiketti_sockets", "WebSockets that are open.", () => counters.sockets);
  gauge("tiketti_subscriptions", "Subscriptions that run, on sockets and streams.", () => counters.subscriptions);
  gauge("tiketti_feeds", "Organizations whose change log is followed.", () => feeds.size);
  gauge(
    "tiketti_feed_lag_seconds",
    "How long the slowest feed has known of changes that it hasn't read.",
    () => feeds.lagMs / 1_000,
  );
  counter("tiketti_events_sent_total", "Changes told to subscriptions.", () => counters.eventsSent);
  counter(
    "tiketti_event_executions_total",
    "Times that a document was run for a change; fewer than events, where answers are shared.",
    () => counters.executions,
  );
  counter(
    "tiketti_slow_readers_closed_total",
    "Sockets closed because their reader took nothing.",
    () => counters.slowReadersClosed,
  );
  return {
    async answer(res) {
      const text = await registry.metrics();
      res.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" });
      res.end(text);
    },
  };
}

/** Words of the desk. */
import { isTikettiError, type QueueKey, type TicketPriority, type TicketStatus } from "@tiketti/sdk";

export const statusNames: Record<TicketStatus, string> = {
  OPEN: "Open",
  PENDING: "Pending",
  RESOLVED: "Resolved",
  CLOSED: "Closed",
};

export const priorityNames: Record<TicketPriority, string> = {
  LOW: "Low",
  NORMAL: "Normal",
  HIGH: "High",
  URGENT: "Urgent",
};

export function queueName(key: QueueKey): string {
  const words = key.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What went wrong, for people. */
export function said(error: unknown): string {
  if (isTikettiError(error, "NETWORK")) return "The server can't be reached. Is it running?";
  return error instanceof Error ? error.message : String(error);
}

const relative = new Intl.RelativeTimeFormat("en", { style: "narrow", numeric: "auto" });

/** How long ago, in one word. */
export function ago(instant: string, now = Date.now()): string {
  const minutes = Math.round((Date.parse(instant) - now) / 60_000);
  if (minutes > -1) return "now";
  if (minutes > -60) return relative.format(minutes, "minute");
  if (minutes > -1_440) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1_440), "day");
}

export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3_600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

export function initials(name: string): string {
  const parts = name.split(/\s+/).filter(Boolean);
  return ((parts[0]?.[0] ?? "") + (parts.length > 1 ? (parts.at(-1)?.[0] ?? "") : "")).toUpperCase();
}

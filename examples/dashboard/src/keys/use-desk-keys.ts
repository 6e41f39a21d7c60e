import type { RefObject } from "react";
import type { DeskContext } from "../desk-context.ts";
import type { Row } from "../live/use-tickets.ts";
import { type Place, queueOrder } from "./use-place.ts";
import { press, type Shortcut, useShortcuts } from "./use-shortcuts.ts";

interface Options {
  context: DeskContext;
  place: Place;
  tickets: readonly Row[] | null;
  open: (place: Place) => void;
  searchField: RefObject<HTMLInputElement | null>;
  onHelp: () => void;
  selected: ReadonlySet<string>;
  onSelect: (ids: string[]) => void;
}

/** What each key does. */
export function useDeskKeys(options: Options): void {
  const { context, place, open, searchField, onHelp } = options;
  const { keyboard, notices } = context;
  const always = (run: () => void): Shortcut => {
    return () => {
      run();
      return null;
    };
  };
  const queues = queueOrder.map((queue, at) => [
    String(at + 1),
    queue === "TRASH" ? trash(options) : always(() => open({ queue, code: null })),
  ]);
  useShortcuts({
    keyboard,
    notices,
    onEscape: () => open({ queue: place.queue, code: null }),
    shortcuts: {
      ...Object.fromEntries(queues),
      j: always(() => step(options, 1)),
      k: always(() => step(options, -1)),
      "/": always(() => searchField.current?.focus()),
      "?": always(onHelp),
      r: press("reply"),
      n: press("note"),
      s: press("status"),
      a: press("assignee"),
      p: press("priority"),
      l: press("labels"),
      t: press("timer"),
      ".": press("more"),
      c: press("new"),
      x: () => select(options),
      z: () => (context.changes.undoLast() ? null : "There is nothing to undo."),
    },
  });
}

function step({ tickets, place, open }: Options, by: number): void {
  const rows = tickets ?? [];
  const at = rows.findIndex(({ code }) => code === place.code);
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (next) open({ queue: place.queue, code: next.code });
}

function select({ tickets, place, selected, onSelect }: Options): string | null {
  const row = tickets?.find(({ code }) => code === place.code);
  if (!row) return "Open a ticket of this list first: j opens the next one.";
  onSelect(selected.has(row.id) ? [...selected].filter((id) => id !== row.id) : [...selected, row.id]);
  return null;
}

function trash({ context: { viewer }, open }: Options): Shortcut {
  return () => {
    if (!viewer?.permissions.some(({ permission }) => permission === "TICKET_DELETE"))
      return "Your role can't see the trash.";
    open({ queue: "TRASH", code: null });
    return null;
  };
}

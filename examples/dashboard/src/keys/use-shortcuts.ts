import { useEffect, useRef } from "react";
import type { Notices } from "../notices/notices.ts";
import { fieldOf, type Keyboard } from "./keyboard.ts";

/** Does it, and answers null; or answers why it can't. */
export type Shortcut = () => string | null;

/** Presses what carries the name in `data-key`, as a pointer would. */
export const press = (name: string): Shortcut => {
  return () => {
    const element = document.querySelector<HTMLElement>(`[data-key="${name}"]`);
    if (!element)
      return name === "new" ? "Your role can't create tickets." : "Open a ticket first: j opens the next one.";
    if (element.dataset.why !== undefined) return element.dataset.why;
    element.click();
    return null;
  };
};

interface Options {
  keyboard: Keyboard;
  notices: Notices;
  shortcuts: Record<string, Shortcut>;
  onEscape: () => void;
}

/** The keys of the desk, where nobody types into a field. A key that can't act says why, and ends what is typed with it. */
export function useShortcuts(options: Options): void {
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { keyboard, notices, shortcuts, onEscape } = latest.current;
      const { key, target } = event;
      const field = fieldOf(target);
      if (field?.closest("dialog") || event.defaultPrevented) return;
      if (key === "Escape") {
        if (field) (field as HTMLElement).blur();
        else onEscape();
        return;
      }
      if (field || event.metaKey || event.ctrlKey || event.altKey) return;
      const shortcut = shortcuts[key];
      const why = shortcut ? shortcut() : /^[\p{L}\p{N}]$/u.test(key) ? unknown(key) : undefined;
      if (why === undefined) return;
      event.preventDefault();
      if (why === null) return;
      keyboard.ignoreSentence();
      notices.refuse(`${why} What you type is ignored until you pause for a moment.`);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

const unknown = (key: string) => `“${key}” is no shortcut. Press r to write a reply, ? to see all keys.`;

/** Where keys go: to the ticket they are meant for, or nowhere. */

/** After a shortcut that can't act, keys are ignored until none was pressed for so long, in milliseconds. */
const pauseMs = 1_500;

/** Keys that had to wait for longer, in milliseconds, are forgotten: by then nobody expects them to act. */
const longestHoldMs = 10_000;

/**
 * Why keys have to wait: what the member may do is being read, or a thread is, or a change is being saved after which
 * another ticket opens.
 */
export type Hold = "starting" | "loading" | "saving";

/** These leave a ticket that is still being read, and so need not wait for it. */
const leaving = new Set(["j", "k", "/", "?", "1", "2", "3", "4", "5", "6", "7", "8"]);

export class Keyboard {
  #queue: KeyboardEvent[] = [];
  readonly #holds = new Set<Hold>();
  readonly #replayed = new WeakSet<Event>();
  #isReplaying = false;
  #heldSince = 0;
  #quietUntil = 0;

  /** Listens until the returned function is called. */
  open(): () => void {
    addEventListener("keydown", this.#onKey, true);
    addEventListener("keyup", this.#onKeyUp, true);
    return () => {
      removeEventListener("keydown", this.#onKey, true);
      removeEventListener("keyup", this.#onKeyUp, true);
    };
  }

  /** From now on keys are kept, in their order. */
  hold(reason: Hold): void {
    if (this.#holds.size === 0) this.#heldSince = Date.now();
    this.#holds.add(reason);
  }

  /** When nothing holds them any more, the kept keys are pressed. */
  release(reason: Hold): void {
    if (!this.#holds.delete(reason) || this.#holds.size > 0) return;
    if (Date.now() - this.#heldSince > longestHoldMs) this.drop();
    void this.#replay();
  }

  /** Forgets the kept keys: what they were meant for won't come. Returns how many they were. */
  drop(): number {
    return this.#queue.splice(0).length;
  }

  /** Ignores the rest of what is being typed, until a pause or Escape. */
  ignoreSentence(): void {
    this.drop();
    this.#quietUntil = Date.now() + pauseMs;
  }

  readonly #onKey = (event: KeyboardEvent) => {
    if (this.#replayed.has(event) || !isKey(event)) return;
    const field = fieldOf(event.target);
    if (this.#isQuiet && !field) return this.#ignore(event);
    // A dialog, the filter: they work whatever the thread does.
    if (field && !field.closest("[data-thread]")) return;
    if (this.#holds.size === 0 && !this.#isReplaying) return;
    if (event.key === "Escape") {
      this.drop();
      return;
    }
    const isFree = !this.#holds.has("saving") && !this.#holds.has("starting") && !this.#isReplaying;
    if (isFree && this.#queue.length === 0 && !field && leaving.has(event.key)) return;
    stop(event);
    this.#queue.push(event);
  };

  readonly #onKeyUp = (event: KeyboardEvent) => {
    // Buttons are pressed by Space when it comes up.
    if (this.#isQuiet && !fieldOf(event.target)) stop(event);
  };

  get #isQuiet(): boolean {
    return Date.now() < this.#quietUntil;
  }

  #ignore(event: KeyboardEvent): void {
    stop(event);
    this.#quietUntil = event.key === "Escape" ? 0 : Date.now() + pauseMs;
  }

  async #replay(): Promise<void> {
    if (this.#isReplaying) return;
    this.#isReplaying = true;
    while (this.#holds.size === 0) {
      const next = this.#queue.shift();
      if (!next) break;
      this.#press(next);
      // What the key opened is there, and has the focus, before the next one.
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#isReplaying = false;
  }

  #press({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): void {
    const target = document.activeElement ?? document.body;
    const event = new KeyboardEvent("keydown", { key, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true });
    this.#replayed.add(event);
    // A field gets no text from an event that a script made.
    if (target.dispatchEvent(event) && fieldOf(target)) type(key);
  }
}

/** Whether it is a key of text or of the desk, and not one of the browser. */
function isKey({ key, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  if (isComposing || ["Shift", "Control", "Alt", "Meta", "CapsLock", "AltGraph"].includes(key)) return false;
  return key === "Enter" || !(ctrlKey || metaKey || altKey);
}

export function fieldOf(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest("input:not([type=checkbox]), textarea, select, dialog") : null;
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function type(key: string): void {
  if (key.length === 1) document.execCommand("insertText", false, key);
  else if (key === "Enter") document.execCommand("insertLineBreak");
  else if (key === "Backspace") document.execCommand("delete");
}

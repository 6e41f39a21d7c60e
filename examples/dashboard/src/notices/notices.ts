/** What the page tells the person: refusals, faults, and changes with their undo. */
import type { Fault } from "./faults.ts";

export interface Undo {
  /** What its button says. */
  label: string;
  run: () => Promise<void>;
}

export interface Notice {
  id: number;
  kind: "change" | "refusal" | "fault";
  text: string;
  /** Why there is no undo; null where there is one, and where nothing was changed. */
  whyNoUndo: string | null;
  undo: Undo | null;
  /** Whether it ends when the server answers again. */
  isAway: boolean;
}

/** How long a change can be undone, in milliseconds. */
export const undoMs = 10_000;
const refusalMs = 5_000;

export class Notices {
  #list: readonly Notice[] = [];
  #count = 0;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly current = () => this.#list;

  /** Says why something can't be done. One refusal shows at a time. */
  refuse(text: string): void {
    this.#set(this.#list.filter(({ kind }) => kind !== "refusal"));
    this.#add({ kind: "refusal", text, whyNoUndo: null, undo: null, isAway: false }, refusalMs);
  }

  fault({ text, isAway }: Fault): void {
    this.succeeded();
    this.#add({ kind: "fault", text, whyNoUndo: null, undo: null, isAway }, isAway ? null : undoMs);
  }

  changed(text: string, undo: Undo | { whyNot: string } | null): void {
    this.succeeded();
    const whyNoUndo = undo && "whyNot" in undo ? undo.whyNot : null;
    this.#add({ kind: "change", text, undo: undo && "run" in undo ? undo : null, whyNoUndo, isAway: false }, undoMs);
  }

  /** Something worked: the faults before it are over. */
  succeeded(): void {
    this.#set(this.#list.filter(({ kind }) => kind !== "fault"));
  }

  connected(): void {
    this.#set(this.#list.filter(({ isAway }) => !isAway));
  }

  /** Reverts the last change that can be reverted. */
  undoLast(): boolean {
    const last = this.#list.findLast(({ undo }) => undo);
    if (last) void this.undo(last.id);
    return last !== undefined;
  }

  async undo(id: number): Promise<void> {
    const notice = this.#list.find((one) => one.id === id);
    if (!notice?.undo) return;
    this.dismiss(id);
    await notice.undo.run();
  }

  dismiss(id: number): void {
    this.#set(this.#list.filter((one) => one.id !== id));
  }

  #add(notice: Omit<Notice, "id">, lastsMs: number | null): void {
    const id = ++this.#count;
    this.#set([...this.#list, { ...notice, id }]);
    if (lastsMs !== null) setTimeout(() => this.dismiss(id), lastsMs);
  }

  #set(list: readonly Notice[]): void {
    if (list.length === this.#list.length && list.every((one, at) => one === this.#list[at])) return;
    this.#list = list;
    for (const listener of this.#listeners) listener();
  }
}

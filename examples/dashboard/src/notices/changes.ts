/** Changes that can be taken back: each is said, and undone through the API for ten seconds. */
import { isTikettiError, type Tiketti } from "@tiketti/sdk";
import { toFault } from "./faults.ts";
import type { Notices } from "./notices.ts";

/** A ticket at a version. */
export interface Version {
  id: string;
  version: number;
}

/** A ticket as a change left it. */
export type Changed = Awaited<ReturnType<Tiketti["tickets"]["get"]>>;

export interface Change {
  /** What is said once it is done. */
  told: string;
  /** What is said once it is undone. Default: `told`, as undone. */
  undone?: string;
  /** What the undo's button says. Default: Undo. */
  undoLabel?: string;
  /** The ticket before; null where it is about no single ticket. */
  before: Version | null;
  run: () => PromiseLike<Changed | null | undefined>;
  /** Takes it back, if the ticket still has the version that the change made; or why nothing can. */
  undo: ((expectedVersion: number | undefined) => PromiseLike<Changed | null | undefined>) | { whyNot: string };
}

interface Done {
  id: string;
  from: number;
  to: number;
}

export class Changes {
  readonly #notices: Notices;
  /** What can still be undone, to follow what an undo does to the versions of the ones before it. */
  readonly #done = new Set<Done>();
  readonly #listeners = new Set<(now: Changed) => void>();
  #running = 0;
  #atEnd: (() => void) | null = null;

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  /** Calls with what each change and each undo left, before the live update tells it. */
  readonly subscribe = (listener: (now: Changed) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reverts the last change that can be reverted; one that is under way first comes to its end. */
  undoLast(): boolean {
    if (this.#running === 0) return this.#notices.undoLast();
    this.#atEnd = () => this.#notices.undoLast();
    return true;
  }

  /** Runs something that makes a change, so that an undo waits for it. */
  async during<Value>(run: () => Promise<Value>): Promise<Value> {
    this.#running++;
    try {
      return await run();
    } finally {
      this.#running--;
      if (this.#running === 0) this.#atEnd?.();
      if (this.#running === 0) this.#atEnd = null;
    }
  }

  /** Does it and says so. Answers whether it worked; what went wrong is said too. */
  make(change: Change): Promise<boolean> {
    return this.during(() => this.#make(change));
  }

  async #make(change: Change): Promise<boolean> {
    const { told, before, undo, undoLabel = "Undo" } = change;
    let after: Changed | null | undefined;
    try {
      after = await change.run();
    } catch (error) {
      this.#notices.fault(toFault(error));
      return false;
    }
    this.#tell(after);
    const done = before && after ? { id: before.id, from: before.version, to: after.version } : null;
    if (done) this.#done.add(done);
    const isUndo = typeof undo === "function";
    this.#notices.changed(told, isUndo ? { label: undoLabel, run: () => this.#undo(change, undo, done) } : undo);
    return true;
  }

  async #undo({ told, undone }: Change, undo: Undo, done: Done | null): Promise<void> {
    try {
      const now = await undo(done?.to);
      this.#tell(now);
      if (done && now) this.#follow(done, now);
      this.#notices.changed(undone ?? `Undone: ${told}`, null);
    } catch (error) {
      if (!isTikettiError(error, "CONFLICT")) return this.#notices.fault(toFault(error));
      this.#notices.fault({ text: "Not undone: the ticket was changed again in between.", isAway: false });
    } finally {
      if (done) this.#done.delete(done);
    }
  }

  #tell(now: Changed | null | undefined): void {
    if (now) for (const listener of this.#listeners) listener(now);
  }

  /** The change before the undone one expects the version that the undo made. */
  #follow(done: Done, now: Version): void {
    for (const one of this.#done) if (one.id === done.id && one.to === done.from) one.to = now.version;
  }
}

type Undo = Extract<Change["undo"], (...args: never) => unknown>;

import type { Viewer } from "../access/viewer.ts";
import type { SetChange, Told } from "./change.type.ts";
import type { Image } from "./change-log.ts";
import type { Followed } from "./follow.ts";

/** What a change means for a set, from whether its subject was and is in it. */
function setChangeOf(was: boolean, is: boolean): SetChange | null {
  if (was) return is ? "UPDATED" : "LEFT";
  return is ? "ENTERED" : null;
}

/** So many subjects a watch remembers as told; of what it has forgotten no LEFT comes by another's move. */
const maxTold = 10_000;

/**
 * Which changes enter, update and leave a set. What a viewer saw by rights that were narrowed since leaves the
 * set with its next change, once. So does what was told and went out of reach by the change of something else,
 * such as time on a ticket that was assigned to somebody else.
 */
export class SetWatch {
  readonly #inSet: (viewer: Viewer, image: Image | null, followed: Followed) => boolean;
  readonly #isSeen: (followed: Followed) => boolean;
  #viewer: Viewer;
  #former: Viewer | null = null;
  #left = new Set<string>();
  /** What was told as being in the set, where seeing it depends on more than its own change. */
  readonly #told = new Set<string>();

  constructor(
    viewer: Viewer,
    inSet: (viewer: Viewer, image: Image | null, followed: Followed) => boolean,
    isSeen: (followed: Followed) => boolean,
  ) {
    this.#viewer = viewer;
    this.#inSet = inSet;
    this.#isSeen = isSeen;
  }

  tell(followed: Followed): Told | null {
    const { change, viewer } = followed;
    if (viewer !== this.#viewer) this.#narrow(viewer);
    const { subjectId, before } = change;
    const is = this.#inSet(viewer, change.after, followed);
    const was = this.#inSet(viewer, before, followed) || this.#wasBefore(subjectId, before, followed);
    const wasTold = this.#told.delete(subjectId);
    const setChange = setChangeOf(was || wasTold, is);
    if (!setChange) return null;
    if (setChange === "LEFT") {
      if (this.#former) this.#left.add(subjectId);
      return { ...followed, setChange };
    }
    // It is out of sight by now: that it left is told by the change by which it did.
    if (!this.#isSeen(followed)) return null;
    this.#left.delete(subjectId);
    if (viewer.grants.get("ticket.view") !== "ALL" && this.#told.size < maxTold) this.#told.add(subjectId);
    return { ...followed, setChange };
  }

  #wasBefore(id: string, before: Image | null, followed: Followed): boolean {
    return this.#former !== null && !this.#left.has(id) && this.#inSet(this.#former, before, followed);
  }

  #narrow(viewer: Viewer): void {
    const isSame = JSON.stringify([...viewer.grants]) === JSON.stringify([...this.#viewer.grants]);
    if (!isSame) {
      this.#former = this.#viewer;
      this.#left = new Set();
    }
    this.#viewer = viewer;
  }
}

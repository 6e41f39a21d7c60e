import type { Viewer } from "../access/viewer.ts";
import type { Image } from "../changes/change-log.ts";
import type { ChangeEvent, SetChange } from "./change.type.ts";
import type { Followed } from "./follow.ts";

/** The effect of a change on a set, from whether its subject was and is in it. */
function setChangeOf(was: boolean, is: boolean): SetChange | null {
  if (was) return is ? "UPDATED" : "LEFT";
  return is ? "ENTERED" : null;
}

/** The most subjects that a watch remembers. For a forgotten one, the change's own image says where it was. */
const maxTold = 10_000;

/**
 * Decides which changes enter, update and leave a set, as the client knows it. While the viewer sees all tickets,
 * the images of a change decide. Otherwise, and after the viewer's rights change, what was told decides: a subject
 * that went out of reach leaves once, with its next change, and one that came into reach enters.
 */
export class SetWatch {
  readonly #inSet: (viewer: Viewer, image: Image | null, followed: Followed) => boolean;
  readonly #isSeen: (followed: Followed) => boolean;
  #viewer: Viewer;
  /** The rights under which the client learned whatever wasn't told since, and until when they applied. */
  #first: { viewer: Viewer; until: number } | null = null;
  readonly #told = new Map<string, boolean>();

  constructor(
    viewer: Viewer,
    inSet: (viewer: Viewer, image: Image | null, followed: Followed) => boolean,
    isSeen: (followed: Followed) => boolean,
  ) {
    this.#viewer = viewer;
    this.#inSet = inSet;
    this.#isSeen = isSeen;
  }

  tell(followed: Followed): ChangeEvent | null {
    const { change, viewer } = followed;
    if (viewer !== this.#viewer) this.#notice(followed);
    const is = this.#inSet(viewer, change.after, followed);
    const setChange = setChangeOf(this.#was(followed), is);
    // The subject is no longer visible: the change that made it leave tells that it left.
    if (!setChange || (is && !this.#isSeen(followed))) return null;
    this.#remember(change.subjectId, is);
    return { ...followed, setChange };
  }

  #was(followed: Followed): boolean {
    const { subjectId, before } = followed.change;
    const told = this.#told.get(subjectId);
    if (told !== undefined) return told;
    if (!this.#first) return this.#inSet(followed.viewer, before, followed);
    const createdAt = before?.createdAt;
    const isNewer = typeof createdAt === "string" && Date.parse(createdAt) > this.#first.until;
    return !isNewer && this.#inSet(this.#first.viewer, before, followed);
  }

  #remember(id: string, isInSet: boolean): void {
    if (!this.#first && this.#viewer.grants.get("ticket.view") === "ALL") return;
    this.#told.delete(id);
    this.#told.set(id, isInSet);
    const [oldest] = this.#told.keys();
    if (oldest !== undefined && this.#told.size > maxTold) this.#told.delete(oldest);
  }

  #notice({ viewer, change }: Followed): void {
    if (viewer.grants.get("ticket.view") !== this.#viewer.grants.get("ticket.view"))
      this.#first ??= { viewer: this.#viewer, until: change.occurredAt.getTime() };
    this.#viewer = viewer;
  }
}

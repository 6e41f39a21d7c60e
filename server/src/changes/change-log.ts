import type { Actor } from "../access/viewer.ts";
import { Prisma, type Transaction } from "../db/index.ts";
import type { ChangeKind, SubjectType } from "./topics.ts";

/** A subject's own columns and label ids; never a body, so that erasing a message erases all of it. */
export type Image = Record<string, unknown>;

export interface ChangeDraft {
  kind: ChangeKind;
  subjectId: string;
  /** The ticket whose timeline shows it. */
  ticketId?: string;
  /** For notes: the change doesn't exist for a viewer without note.view. */
  needsNoteView?: boolean;
  before: Image | null;
  after: Image | null;
  /** Who did it, where that is not the writer: a contact whose words a member took down. */
  actor?: ChangeActor;
}

export type ChangeActor = Pick<Actor, "kind" | "id"> | { kind: "CONTACT"; id: string };

interface LoggedChange extends Omit<ChangeDraft, "kind"> {
  kinds: ChangeKind[];
}

/** Gathers a write's changes: one per entity, with all its kinds, the first before and the last after. */
export class ChangeRecorder {
  readonly #bySubject = new Map<string, LoggedChange>();

  record({ kind, ...draft }: ChangeDraft): void {
    const known = this.#bySubject.get(draft.subjectId);
    if (!known) {
      this.#bySubject.set(draft.subjectId, { ...draft, kinds: [kind] });
      return;
    }
    if (!known.kinds.includes(kind)) known.kinds.push(kind);
    known.after = draft.after;
  }

  get changes(): LoggedChange[] {
    return [...this.#bySubject.values()];
  }
}

/**
 * Appends a write's changes and returns the organization's last number. Must be the last thing in the
 * transaction: the counter's row is locked from here to the commit, which is what makes the numbers
 * free of holes and their order the order of commits.
 */
export async function appendChanges(
  tx: Transaction,
  organizationId: string,
  actor: ChangeActor,
  occurredAt: Date,
  changes: LoggedChange[],
): Promise<bigint> {
  const [head] = await tx.$queryRaw<{ last_number: bigint }[]>(
    changes.length === 0
      ? Prisma.sql`select last_number from change_heads where organization_id = ${organizationId}::uuid`
      : Prisma.sql`update change_heads set last_number = last_number + ${changes.length}
                   where organization_id = ${organizationId}::uuid returning last_number`,
  );
  if (!head) throw new Error("The organization has no row in change_heads.");
  const first = head.last_number - BigInt(changes.length) + 1n;
  if (changes.length > 0) {
    await tx.change.createMany({
      data: changes.map((change, index) => ({
        organizationId,
        number: first + BigInt(index),
        occurredAt,
        kinds: change.kinds,
        actorKind: (change.actor ?? actor).kind,
        actorId: (change.actor ?? actor).id,
        subjectType: change.kinds[0]?.split(".")[0] as SubjectType,
        subjectId: change.subjectId,
        ticketId: change.ticketId ?? null,
        needsNoteView: change.needsNoteView ?? false,
        before: toJson(change.before),
        after: toJson(change.after),
      })),
    });
  }
  return head.last_number;
}

function toJson(image: Image | null): Prisma.InputJsonValue | typeof Prisma.DbNull {
  // Dates and decimals become strings here, as they would in any JSON.
  return image === null ? Prisma.DbNull : JSON.parse(JSON.stringify(image));
}

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
      : appending(organizationId, actor, occurredAt, changes),
  );
  if (!head) throw new Error("The organization has no row in change_heads.");
  return head.last_number;
}

/** In one statement: every round trip from here to the commit is one that all other writers wait for. */
function appending(organizationId: string, actor: ChangeActor, occurredAt: Date, changes: LoggedChange[]): Prisma.Sql {
  // Dates and decimals become strings here, as they would in any JSON.
  const items = JSON.stringify(
    changes.map((change) => ({
      kinds: change.kinds,
      actor: { kind: (change.actor ?? actor).kind, id: (change.actor ?? actor).id },
      subjectType: change.kinds[0]?.split(".")[0] as SubjectType,
      subjectId: change.subjectId,
      ticketId: change.ticketId ?? null,
      needsNoteView: change.needsNoteView ?? false,
      before: change.before,
      after: change.after,
    })),
  );
  return Prisma.sql`
    with head as (
      update change_heads set last_number = last_number + ${changes.length}
      where organization_id = ${organizationId}::uuid returning last_number),
    added as (
      insert into changes (organization_id, number, occurred_at, kinds, actor_kind, actor_id, subject_type, subject_id,
        ticket_id, needs_note_view, before, after)
      select ${organizationId}::uuid, head.last_number - ${changes.length} + place, ${occurredAt}::timestamptz,
        array(select jsonb_array_elements_text(item -> 'kinds')), item -> 'actor' ->> 'kind', (item -> 'actor' ->> 'id')::uuid,
        item ->> 'subjectType', (item ->> 'subjectId')::uuid, (item ->> 'ticketId')::uuid, (item ->> 'needsNoteView')::boolean,
        nullif(item -> 'before', 'null'), nullif(item -> 'after', 'null')
      from head, jsonb_array_elements(${items}::jsonb) with ordinality as list (item, place))
    select last_number from head`;
}

/** A change of the log as those who follow it have it. */
import type { ChangeModel } from "../db/index.ts";
import type { Image } from "./change-log.ts";
import type { ChangeKind, SubjectType } from "./topics.ts";

export interface Change {
  organizationId: string;
  /** Far below where numbers stop being exact. */
  number: number;
  occurredAt: Date;
  kinds: ChangeKind[];
  actorKind: string;
  actorId: string | null;
  subjectType: SubjectType;
  subjectId: string;
  ticketId: string | null;
  needsNoteView: boolean;
  before: Image | null;
  after: Image | null;
}

export function toChange(row: ChangeModel): Change {
  return {
    ...row,
    number: Number(row.number),
    kinds: row.kinds as ChangeKind[],
    subjectType: row.subjectType as SubjectType,
    before: row.before as Image | null,
    after: row.after as Image | null,
  };
}

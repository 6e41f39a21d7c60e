/** What changed, field by field, as the API names fields and ids. */
import { memberId, type Viewer } from "../access/viewer.ts";
import { type Column, type Extra, entityOfSubject } from "../entities/entity.ts";
import { type IdType, toGlobalId } from "../wire/ids.ts";
import type { Change } from "./change.ts";
import { seesColumn } from "./change.visibility.ts";

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Columns that every write sets: they are about the row and not about the thing. */
const stamps = ["version", "updatedAt"];

/** The fields that differ and that the viewer may see, by name. A column that no entity table shows is told to nobody. */
export function fieldChanges(viewer: Viewer, change: Change): FieldChange[] {
  const entity = entityOfSubject(change.subjectType);
  const { after } = change;
  const before = isFromElsewhere(viewer, change) ? null : change.before;
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .flatMap((column) => {
      const extra = entity?.extras?.[column];
      const field = entity?.columns.get(column)?.field;
      const shown = extra ?? field;
      if (!shown || stamps.includes(column) || !seesColumn(viewer, change, shown)) return [];
      const { name, toValue } = extra ? toldExtra(extra) : toldField(column, field as ShownField);
      return [{ field: name, before: toValue(before?.[column]), after: toValue(after?.[column]) }];
    })
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
    .sort((a, b) => (a.field < b.field ? -1 : 1));
}

type ShownField = NonNullable<Column["field"]>;
type Told = { name: string; toValue: (value: unknown) => unknown };

function toldExtra({ field, type }: Extra): Told {
  return { name: field, toValue: toIds(type) };
}

/** What points to another row has the name of the field, everything else that of its column. */
function toldField(column: string, { name, kind }: ShownField): Told {
  if (kind.type) return { name, toValue: toIds(kind.type) };
  const { fromImage } = kind;
  return { name: column, toValue: (value) => (value == null ? null : fromImage ? fromImage(value) : value) };
}

const toIds = (type: IdType | undefined) => (value: unknown) => {
  if (value == null || !type) return value ?? null;
  return Array.isArray(value) ? value.map((id) => toGlobalId(type, id)) : toGlobalId(type, value as string);
};

/** Time that came from another ticket says what it was there; who doesn't see all tickets may not see that one. */
function isFromElsewhere(viewer: Viewer, { subjectType, before, after }: Change): boolean {
  const isMoved =
    subjectType === "time_entry" && before !== null && after !== null && before.ticketId !== after.ticketId;
  return isMoved && viewer.grants.get("ticket.view") !== "ALL" && after.memberId !== memberId(viewer);
}

/** What changed, field by field, as the API names fields and ids. */
import { memberId, type Viewer } from "../access/viewer.ts";
import { priorityOfRank } from "../tickets/ticket.priority.ts";
import { type IdType, toGlobalId } from "../wire/ids.ts";
import type { Change } from "./change.ts";
import { seesField } from "./change.visibility.ts";

export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Columns that are about the row and not about the thing. */
const inner = new Set([
  ...["id", "version", "updatedAt", "nameKey", "emailKey", "domainPath", "codeOrder", "statusRank"],
  // The operator's.
  "plan",
]);

/** Columns that hold an id, or a list of ids, as the field that the API has for it. */
const ids: Record<string, { field: string; type: IdType }> = {
  assigneeId: { field: "assignee", type: "Member" },
  memberId: { field: "member", type: "Member" },
  successorId: { field: "successor", type: "Member" },
  authorMemberId: { field: "authorMember", type: "Member" },
  createdByMemberId: { field: "createdBy", type: "Member" },
  invitedByMemberId: { field: "invitedBy", type: "Member" },
  contactId: { field: "contact", type: "Contact" },
  authorContactId: { field: "authorContact", type: "Contact" },
  participantIds: { field: "participants", type: "Contact" },
  companyId: { field: "company", type: "Company" },
  labelIds: { field: "labels", type: "Label" },
  ticketId: { field: "ticket", type: "Ticket" },
  followUpOfId: { field: "followUpOf", type: "Ticket" },
  mergedIntoId: { field: "mergedInto", type: "Ticket" },
  mergedTicketId: { field: "mergedTicket", type: "Ticket" },
  messageId: { field: "message", type: "Message" },
  roleId: { field: "role", type: "Role" },
  createdByApiKeyId: { field: "createdByKey", type: "ApiKey" },
  invitedByApiKeyId: { field: "invitedByKey", type: "ApiKey" },
  authorApiKeyId: { field: "authorApiKey", type: "ApiKey" },
};

/** The fields that differ and that the viewer may see, by name. */
export function fieldChanges(viewer: Viewer, change: Change): FieldChange[] {
  const { after } = change;
  const before = isFromElsewhere(viewer, change) ? null : change.before;
  const columns = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return columns
    .filter((column) => !inner.has(column) && seesField(viewer, change, column))
    .map((column) => ({
      field: ids[column]?.field ?? column,
      before: toValue(column, before?.[column]),
      after: toValue(column, after?.[column]),
    }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
    .sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** Time that came from another ticket says what it was there; who doesn't see all tickets may not see that one. */
function isFromElsewhere(viewer: Viewer, { subjectType, before, after }: Change): boolean {
  const isMoved =
    subjectType === "time_entry" && before !== null && after !== null && before.ticketId !== after.ticketId;
  return isMoved && viewer.grants.get("ticket.view") !== "ALL" && after.memberId !== memberId(viewer);
}

function toValue(column: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const type = ids[column]?.type;
  if (type) return Array.isArray(value) ? value.map((id) => toGlobalId(type, id)) : toGlobalId(type, value as string);
  return column === "priority" ? priorityOfRank(value as number) : value;
}

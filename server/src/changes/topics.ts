/**
 * Every kind of change, listed once: what happened and to what. The enum ChangeKind derives from it, and so will
 * webhooks and subscriptions.
 */
export const changeKinds = {
  "ticket.created": "A ticket was created",
  "ticket.updated": "A ticket's own fields changed",
  "ticket.assigned": "A ticket was assigned to a member, or unassigned",
  "ticket.status_changed": "A ticket's status changed",
  "ticket.labels_changed": "Labels were added to a ticket or removed from it",
  "ticket.participants_changed": "Participants were added to a ticket or removed from it",
  "ticket.merged": "A ticket was merged into another: its messages moved there",
  "ticket.deleted": "A ticket was moved to the trash",
  "ticket.restored": "A ticket was restored from the trash",
  "ticket.purged": "A ticket was purged with its messages after its time in the trash",
  "message.created": "A reply or note was written, or a customer's message arrived",
  "contact.created": "A contact was created or found by its first message",
  "contact.updated": "A contact's own fields or addresses changed",
  "contact.merged": "Another contact was merged into a contact: its tickets, messages and addresses moved there",
  "contact.deleted": "A contact was deleted, or merged into another",
  "contact.anonymized": "A contact's name, addresses and phone were erased",
  "company.created": "A company was created",
  "company.updated": "A company's own fields or domains changed",
  "company.archived": "A company was archived or unarchived",
  "company.merged": "Another company was merged into a company: its domains, contacts and tickets moved there",
  "company.deleted": "A company was deleted, or merged into another",
  "label.created": "A label was created",
  "label.updated": "A label's name, colour or description changed",
  "label.merged": "Another label was merged into a label: its tickets moved there",
  "label.deleted": "A label was deleted, or merged into another",
  "member.created": "A member joined the organization",
  "member.updated": "A member's name, role, rate or access changed",
  "member.removed": "A member left the organization",
  "invitation.created": "An invitation was created",
  "invitation.resent": "An invitation was resent, with a new token and a new expiry",
  "invitation.revoked": "An invitation was revoked",
  "invitation.accepted": "An invitation was accepted",
  "role.created": "A custom role was created",
  "role.updated": "A custom role's name, description or grants changed",
  "role.deleted": "A custom role was deleted",
  "time_entry.created": "Time was logged",
  "time_entry.started": "A timer was started",
  "time_entry.stopped": "A timer was stopped and its time saved",
  "time_entry.updated": "A time entry's own fields changed",
  "time_entry.repriced": "A time entry was repriced at the current rates",
  "time_entry.invoiced": "A time entry was put on an invoice",
  "time_entry.uninvoiced": "A time entry was taken off its invoice",
  "time_entry.deleted": "A time entry was deleted, or a timer discarded",
  "organization.created": "The organization was created",
  "organization.updated": "The organization's settings changed",
  "api_key.created": "An API key was created",
  "api_key.revoked": "An API key was revoked",
} as const;

export type ChangeKind = keyof typeof changeKinds;

/** The subject of a change: the part of the kind before the dot. */
export type SubjectType = ChangeKind extends infer Kind
  ? Kind extends `${infer Subject}.${string}`
    ? Subject
    : never
  : never;

/**
 * The part of TicketFilter that a change of the ticket itself tells: its own columns and the ids of what it
 * points to. Names of others and relative dates change without the ticket, and are not in it.
 */
import type { FieldSpec, FilterSpec } from "../filters/filter.ts";
import { byIdAlone } from "../filters/live.ts";
import { ticketFilter } from "./ticket.filter.ts";

const others = {
  assignee: byIdAlone("Member"),
  contact: byIdAlone("Contact"),
  company: byIdAlone("Company"),
  labels: byIdAlone("Label"),
};

const ownFields = [
  "id",
  "code",
  "status",
  "priority",
  "channel",
  "createdAt",
  "updatedAt",
  "lastActivityAt",
  "waitingSince",
  "firstRepliedAt",
  "resolvedAt",
  "closedAt",
  "externalId",
];

function toLive(name: string, field: FieldSpec): FieldSpec {
  if (field.kind === "instant") return { ...field, isAbsolute: true };
  if (field.kind !== "one" && field.kind !== "many") return field;
  const { permission: _permission, ...plain } = field;
  return { ...plain, filter: () => others[name as keyof typeof others] };
}

export const ticketLiveFilter: FilterSpec = {
  name: "TicketLiveFilter",
  description:
    "Which tickets, by what changes only with the ticket itself: its own fields and the ids of what it points to. All given conditions hold together.",
  fields: Object.fromEntries(
    [...ownFields, ...Object.keys(others)].map((name) => [name, toLive(name, ticketFilter.fields[name] as FieldSpec)]),
  ),
};

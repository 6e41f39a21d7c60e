import type { FilterSpec } from "../filters/filter.ts";
import { byIdAlone } from "../filters/live.ts";

/** The part of TimeEntryFilter that a change of the entry itself tells. */
export const timeEntryLiveFilter: FilterSpec = {
  name: "TimeEntryLiveFilter",
  description: "Which time entries, by what changes only with the entry itself. All given conditions hold together.",
  fields: {
    id: { kind: "id", type: "TimeEntry", column: "id", description: "By id." },
    member: {
      kind: "one",
      relation: "member",
      column: "memberId",
      isNullable: false,
      filter: () => byIdAlone("Member"),
      description: "By whose time it is.",
    },
    ticket: {
      kind: "one",
      relation: "ticket",
      column: "ticketId",
      isNullable: true,
      filter: () => byIdAlone("Ticket"),
      description: "By the ticket.",
    },
    company: {
      kind: "one",
      relation: "company",
      column: "companyId",
      isNullable: true,
      filter: () => byIdAlone("Company"),
      description: "By the company.",
    },
    isBillable: { kind: "boolean", column: "isBillable", description: "By whether it is billed." },
  },
};

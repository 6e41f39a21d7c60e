/** Why the viewer can't do something with a ticket, and the way out. */
import type { Permission } from "@tiketti/sdk";
import { holds, type Viewer } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";

type Ability = "reply" | "note" | "update" | "assign" | "delete" | "merge" | "logTime";

const needs: Record<Ability, [permission: Permission, what: string]> = {
  reply: ["TICKET_REPLY", "reply to"],
  note: ["NOTE_WRITE", "write notes on"],
  update: ["TICKET_UPDATE", "change"],
  assign: ["TICKET_ASSIGN", "assign"],
  delete: ["TICKET_DELETE", "delete"],
  merge: ["TICKET_DELETE", "merge"],
  logTime: ["TIME_LOG", "log time on"],
};

type About = Pick<Ticket, "code" | "assignee" | "deletedAt" | "mergedInto" | "viewerCan">;

/** Null when the viewer can. */
export function whyNot(ability: Ability, ticket: About, viewer: Viewer | null): string | null {
  const { code, assignee, deletedAt, mergedInto, viewerCan } = ticket;
  if (viewerCan[ability]) return null;
  const [permission, what] = needs[ability];
  if (mergedInto) return `${code} was merged into ${mergedInto.code}. Open that one.`;
  if (deletedAt) return `${code} is in the trash. Restore it first.`;
  if (viewer && !holds(viewer, permission)) return `Your role, ${viewer.roleName}, can't ${what} tickets.`;
  if (assignee && assignee.id !== viewer?.id)
    return `${code} is assigned to ${assignee.name}, so you can't ${what} it. Assign it to yourself first.`;
  return `You can't ${what} ${code}.`;
}

/** Null when the viewer's role has the permission. */
export function holdsReason(viewer: Viewer | null, permission: Permission): string | null {
  return holds(viewer, permission) ? null : `Your role${viewer ? `, ${viewer.roleName},` : ""} lacks the permission.`;
}

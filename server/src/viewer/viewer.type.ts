import type { Permission as PermissionName } from "../access/permissions.ts";
import { can, type Membership, type Viewer as ViewerShape } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { Grant } from "../members/member.type.ts";
import { builder } from "../schema/builder.ts";
import { describedEnum, Permission } from "../schema/enums.ts";
import { Actor } from "../schema/interfaces.ts";
import { type QueueKey, queueKeys, queues } from "../tickets/ticket.queues.ts";
import { countQueues, type QueueCount, readTicketGroups } from "../tickets/ticket-counts.read.ts";
import { parseGlobalId, toGlobalId } from "../wire/ids.ts";

const QueueKeyEnum = describedEnum<QueueKey>(
  "QueueKey",
  "The queues of tickets that a frontend shows.",
  Object.fromEntries(queueKeys.map((key) => [key, queues[key].description])) as Record<QueueKey, string>,
);

export const MembershipType = builder.objectRef<Membership>("Membership").implement({
  description: "One of the organizations that the user belongs to.",
  fields: (t) => ({
    organizationId: t.id({
      description: "The organization's id, for `X-Organization-Id`.",
      resolve: ({ organizationId }) => toGlobalId("Organization", organizationId),
    }),
    memberId: t.id({
      description: "The user's member there.",
      resolve: (membership) => toGlobalId("Member", membership.memberId),
    }),
    organizationName: t.exposeString("organizationName", { description: "The organization's name." }),
    logoUrl: t.expose("logoUrl", {
      type: "URL",
      nullable: true,
      description: "The address of the organization's logo; null if there is none.",
    }),
    roleName: t.exposeString("roleName", { description: "The name of the user's role there." }),
    isActive: t.exposeBoolean("isActive", { description: "Whether the user has access there." }),
  }),
});

export const Queue = builder.objectRef<QueueCount>("Queue").implement({
  description: "A queue of tickets.",
  fields: (t) => ({
    key: t.field({ type: QueueKeyEnum, description: "The queue's key.", resolve: ({ key }) => key }),
    filter: t.field({
      type: "JSON",
      description: "The TicketFilter that lists its tickets, for `tickets(filter:)`.",
      resolve: ({ key }) => queues[key].filter,
    }),
    ticketCount: t.exposeInt("ticketCount", { description: "The number of its tickets that the viewer can see." }),
  }),
});

export const Viewer = builder.objectRef<ViewerShape>("Viewer").implement({
  description: "The signed-in actor in the organization of this request, and what it can do.",
  fields: (t) => ({
    actor: t.field({
      type: Actor,
      description: "The member or the API key.",
      resolve: ({ actor, organizationId }) => ({
        type:
          actor.kind === "MEMBER"
            ? ("Member" as const)
            : actor.kind === "API_KEY"
              ? ("ApiKey" as const)
              : ("System" as const),
        organizationId,
        id: actor.id ?? "system",
      }),
    }),
    organization: t.field({
      type: "Organization",
      description: "The organization of this request.",
      resolve: ({ organizationId }) => ({ id: organizationId }),
    }),
    roleName: t.exposeString("roleName", { description: "The name of the actor's role." }),
    memberships: t.field({
      type: [MembershipType],
      description: "All organizations that the user belongs to, by name; empty for an API key.",
      resolve: ({ memberships }) => [...memberships],
    }),
    permissions: t.field({
      type: [Grant],
      description: "The actor's permissions here.",
      resolve: ({ grants }) => [...grants].map(([permission, reach]) => ({ permission, reach })),
    }),
    queues: t.field({
      type: [Queue],
      description: "The queues of a frontend with their counts, computed in one statement.",
      resolve: async (viewer, _args, context) => countQueues(viewer, await readTicketGroups(context.db, viewer)),
    }),
    can: t.boolean({
      description:
        "Whether the actor holds the permission; with `on`, whether it applies to that ticket (false if the actor can't see it).",
      args: {
        permission: t.arg({ type: Permission, required: true, description: "The permission." }),
        on: t.arg({ type: "ID", description: "A ticket's id." }),
      },
      resolve: async (viewer, { permission, on }, context) => {
        const name = permission as PermissionName;
        if (!on) return can(viewer, name);
        const ticket = await findTicketReach(context, viewer, on);
        return ticket !== null && can(viewer, name, ticket);
      },
    }),
  }),
});

function findTicketReach(context: Context, viewer: ViewerShape, on: string) {
  return context.db.ticket.findFirst({
    where: { AND: [visibleTickets(viewer), { id: parseGlobalId("Ticket", on, ["on"]) }] },
    select: { assigneeId: true },
  });
}

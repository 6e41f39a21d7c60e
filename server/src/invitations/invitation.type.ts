import type { GraphQLResolveInfo } from "graphql";
import { requireViewer } from "../access/viewer.ts";
import { visibleInvitations } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, type ListSpec, orderInput, type PageArgs } from "../schema/connections.ts";
import { describedEnum } from "../schema/enums.ts";
import { filterInput } from "../schema/filter-inputs.ts";
import { Node } from "../schema/interfaces.ts";
import { pageArgs } from "../schema/related.ts";
import { resolveRootList } from "../schema/root-lists.ts";
import { toGlobalId } from "../wire/ids.ts";
import { invitationFilter } from "./invitation.filter.ts";
import { invitationState, type InvitationState as State } from "./invitation.state.ts";

export const invitationList: ListSpec = {
  name: "Invitation",
  orders: { CREATED_AT: { column: "createdAt", kind: "instant", description: "When it was made." } },
  defaultOrder: { field: "CREATED_AT", direction: "DESC" },
};

const InvitationOrder = orderInput(invitationList);

export const InvitationState = describedEnum<State>("InvitationState", "Where an invitation stands.", {
  WAITING: "It can be accepted.",
  ACCEPTED: "Somebody became a member by it; it works once.",
  EXPIRED: "Its seven days are over; invitationResend gives it new ones.",
  REVOKED: "It was taken back.",
});

export const Invitation = builder.prismaObject("Invitation", {
  description: "An address that may become a member with a role, once, within seven days.",
  interfaces: [Node] as never,
  select: { organizationId: true, id: true },
  findUnique: ({ organizationId, id }) => ({ organizationId_id: { organizationId, id } }),
  fields: (t) => ({
    id: t.id({ description: "The global id.", resolve: ({ id }) => toGlobalId("Invitation", id) }),
    email: t.expose("email", { type: "EmailAddress", description: "The invited address; nobody else can accept it." }),
    role: t.relation("role", { description: "What the member will be allowed to do." }),
    state: t.field({
      type: InvitationState,
      select: { acceptedAt: true, revokedAt: true, expiresAt: true },
      description: "Where it stands.",
      resolve: (invitation, _args, { clock }) => invitationState(invitation, clock.now()),
    }),
    invitedBy: t.relation("invitedBy", {
      nullable: true,
      description: "The member who invited; null when a program did.",
    }),
    member: t.relation("member", { nullable: true, description: "The member that came of it; null before." }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", description: "When it ends." }),
    acceptedAt: t.expose("acceptedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was accepted; null: it wasn't.",
    }),
    revokedAt: t.expose("revokedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was taken back; null: it wasn't.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it changed last." }),
    version: t.exposeInt("version", { description: "Counts its changes." }),
  }),
});

export const InvitationConnection = connectionType("Invitation", Invitation, true);

/** The arguments of a list of invitations. */
export const invitationArgs = (t: { arg: (options: never) => unknown }) => {
  const arg = t.arg as (options: object) => never;
  return {
    filter: arg({ type: filterInput(invitationFilter), description: "Only these. Default: all." }),
    orderBy: arg({ type: InvitationOrder, description: "The order. Default: CREATED_AT DESC." }),
    ...pageArgs(t),
  };
};

export function listInvitations(context: Context, info: GraphQLResolveInfo, args: object) {
  return resolveRootList(
    context,
    info,
    ({ db }) => db.invitation,
    invitationList,
    invitationFilter,
    visibleInvitations(requireViewer(context)),
    args as PageArgs,
  );
}

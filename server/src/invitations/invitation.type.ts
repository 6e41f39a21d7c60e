import type { GraphQLResolveInfo } from "graphql";
import { requireViewer } from "../access/viewer.ts";
import { visibleInvitations } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { filterOf } from "../entities/filters.ts";
import { listOf } from "../entities/lists.ts";
import type { Condition } from "../lib/condition.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput, type PageArgs } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { describedEnum } from "../schema/enums.ts";
import { filterInput } from "../schema/filter-inputs.ts";
import { pageArgs } from "../schema/related.ts";
import { resolveRootList } from "../schema/root-lists.ts";
import { invitationEntity } from "./invitation.entity.ts";
import { invitationState, type InvitationState as State } from "./invitation.state.ts";

const InvitationOrder = orderInput(listOf("Invitation"));

export const InvitationState = describedEnum<State>("InvitationState", "The state of an invitation.", {
  WAITING: "It can be accepted.",
  ACCEPTED: "It was accepted and can't be used again.",
  EXPIRED: "Its seven days are over; invitationResend renews it.",
  REVOKED: "It was revoked.",
});

export const Invitation = builder.prismaObject("Invitation", {
  ...objectOf(invitationEntity),
  fields: (t) => ({
    ...fieldsOf(t, invitationEntity),
    role: t.relation("role", { description: "The role that the member will have." }),
    state: t.field({
      type: InvitationState,
      select: { acceptedAt: true, revokedAt: true, expiresAt: true },
      description: "The state.",
      resolve: (invitation, _args, { clock }) => invitationState(invitation, clock.now()),
    }),
    invitedBy: t.relation("invitedBy", {
      nullable: true,
      description: "The member who invited; null if an API key did.",
    }),
    member: t.relation("member", {
      nullable: true,
      description: "The member who joined by accepting it; null until then.",
    }),
  }),
});

export const InvitationConnection = connectionType("Invitation", Invitation, true);

/** The arguments of a list of invitations. */
export const invitationArgs = (t: unknown) => {
  const { arg } = t as { arg(options: object): never };
  return {
    filter: arg({
      type: filterInput(filterOf("Invitation")),
      description: "The invitations to include. Default: all.",
    }),
    orderBy: arg({ type: InvitationOrder, description: "The order. Default: CREATED_AT DESC." }),
    ...pageArgs(t),
  };
};

export function listInvitations(context: Context, info: GraphQLResolveInfo, args: object) {
  return resolveRootList(
    context,
    info,
    "Invitation",
    visibleInvitations(requireViewer(context)) as Condition,
    args as PageArgs,
  );
}

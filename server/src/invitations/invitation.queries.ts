import type { PreTenantInvitation } from "../db/pre-tenant.ts";
import { Organization } from "../organizations/organization.type.ts";
import { builder } from "../schema/builder.ts";
import { invitationState } from "./invitation.state.ts";
import { InvitationConnection, InvitationState, invitationArgs, listInvitations } from "./invitation.type.ts";
import { findInvitation, invitationErrors } from "./invitation-accept.service.ts";

const InvitationPreview = builder.objectRef<PreTenantInvitation>("InvitationPreview").implement({
  description: "The part of an invitation that the holder of its token sees before accepting.",
  fields: (t) => ({
    email: t.expose("email", { type: "EmailAddress", description: "The invited address." }),
    organizationName: t.exposeString("organizationName", { description: "The organization that invites." }),
    logoUrl: t.expose("logoUrl", {
      type: "URL",
      nullable: true,
      description: "The address of the organization's logo; null if there is none.",
    }),
    roleName: t.exposeString("roleName", { description: "The name of the role that the member gets." }),
    invitedByName: t.exposeString("invitedByName", {
      nullable: true,
      description: "The name of the member who sent the invitation; null if an API key sent it.",
    }),
    hasLogin: t.exposeBoolean("hasLogin", {
      description:
        "Whether the address already has a login. If so, sign in first; otherwise choose a name and a password.",
    }),
    state: t.field({
      type: InvitationState,
      description: "The state; only a WAITING invitation can be accepted.",
      resolve: (invitation, _args, { clock }) => invitationState(invitation, clock.now()),
    }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", description: "When it expires." }),
  }),
});

builder.queryFields((t) => ({
  invitation: t.field({
    type: InvitationPreview,
    nullable: true,
    access: "public",
    errors: invitationErrors.find,
    description: "The invitation with this token, for the page that its link leads to. Needs no sign-in.",
    args: { token: t.arg.string({ required: true, description: "The token from the link." }) },
    resolve: (_root, { token }, context) => findInvitation(context, token),
  }),
  invitations: t.field({
    type: InvitationConnection,
    access: { permission: "team.manage" },
    errors: ["VALIDATION"],
    description: "The organization's invitations, newest first.",
    args: invitationArgs(t),
    resolve: (_root, args, context, info) => listInvitations(context, info, args),
  }),
}));

builder.objectField(Organization, "invitations", (t) =>
  t.field({
    type: InvitationConnection,
    nullable: true,
    access: { permission: "team.manage" },
    description:
      "The organization's invitations, newest first; null without the permission, so that one query serves every role.",
    args: invitationArgs(t),
    resolve: (_organization, args, context, info) => listInvitations(context, info, args),
  }),
);

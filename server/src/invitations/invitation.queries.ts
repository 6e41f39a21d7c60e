import type { PreTenantInvitation } from "../db/pre-tenant.ts";
import { Organization } from "../organizations/organization.type.ts";
import { builder } from "../schema/builder.ts";
import { invitationState } from "./invitation.state.ts";
import { InvitationConnection, InvitationState, invitationArgs, listInvitations } from "./invitation.type.ts";
import { findInvitation, invitationErrors } from "./invitation-accept.service.ts";

const InvitationPreview = builder.objectRef<PreTenantInvitation>("InvitationPreview").implement({
  description: "What the holder of an invitation's token sees before accepting it.",
  fields: (t) => ({
    email: t.expose("email", { type: "EmailAddress", description: "The invited address." }),
    organizationName: t.exposeString("organizationName", { description: "The organization that invites." }),
    logoUrl: t.expose("logoUrl", { type: "URL", nullable: true, description: "Its logo; null without one." }),
    roleName: t.exposeString("roleName", { description: "The role that the member gets." }),
    invitedByName: t.exposeString("invitedByName", {
      nullable: true,
      description: "Who invited; null when a program did.",
    }),
    hasLogin: t.exposeBoolean("hasLogin", {
      description: "Whether the address has a login here: then it signs in first, else it chooses a name and password.",
    }),
    state: t.field({
      type: InvitationState,
      description: "Where it stands; only WAITING can be accepted.",
      resolve: (invitation, _args, { clock }) => invitationState(invitation, clock.now()),
    }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", description: "When it ends." }),
  }),
});

builder.queryFields((t) => ({
  invitation: t.field({
    type: InvitationPreview,
    nullable: true,
    access: "public",
    errors: invitationErrors.find,
    description: "An invitation by its token: for the page that its link leads to. Needs no sign-in.",
    args: { token: t.arg.string({ required: true, description: "The token of the link." }) },
    resolve: (_root, { token }, context) => findInvitation(context, token),
  }),
  invitations: t.field({
    type: InvitationConnection,
    access: { permission: "team.manage" },
    errors: ["VALIDATION"],
    description: "The organization's invitations, the newest first.",
    args: invitationArgs(t),
    resolve: (_root, args, context, info) => listInvitations(context, info, args),
  }),
}));

builder.objectField(Organization, "invitations", (t) =>
  t.field({
    type: InvitationConnection,
    nullable: true,
    access: { permission: "team.manage" },
    description: "Its invitations, the newest first; null without the permission, so that one query serves every role.",
    args: invitationArgs(t),
    resolve: (_organization, args, context, info) => listInvitations(context, info, args),
  }),
);

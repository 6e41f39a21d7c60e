import { requireViewer } from "../access/viewer.ts";
import { visibleInvitations } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import type { Result } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { mutationField } from "../schema/mutation.ts";
import { RoleRefInput } from "../schema/reference-inputs.ts";
import { SessionPayload } from "../sessions/session.type.ts";
import { toGlobalId } from "../wire/ids.ts";
import { invitationResend, invitationRevoke, memberInvite } from "./invitation.service.ts";
import { Invitation } from "./invitation.type.ts";
import { type Accepted, invitationAccept, invitationErrors } from "./invitation-accept.service.ts";

const MemberInviteInput = builder.inputType("MemberInviteInput", {
  description: "Who may become a member.",
  fields: (t) => ({
    email: t.field({ type: "EmailAddress", required: true, description: "The address; only it can accept." }),
    role: t.field({
      type: RoleRefInput,
      required: true,
      description: "What the member will be allowed to do; not more than you may.",
    }),
  }),
});

const InvitationAcceptInput = builder.inputType("InvitationAcceptInput", {
  description: "How an invitation is accepted.",
  fields: (t) => ({
    token: t.string({ required: true, description: "The token of the link." }),
    name: t.string({ description: "The member's name. Required for a new login; a signed-in user's own by default." }),
    password: t.string({
      description: "The password of a new login, 10 to 1,024 characters; left out when signed in.",
    }),
  }),
});

const invitation = {
  type: Invitation,
  description: "The invitation.",
  resolve: (query: object, { ids }: { ids: { invitationId: string } }, _args: object, context: Context) =>
    context.db.invitation.findFirstOrThrow({
      ...query,
      where: { AND: [visibleInvitations(requireViewer(context)), { id: ids.invitationId }] },
    }),
} as const;

type Issued = Result<{ invitationId: string }, { token: string; url: string | null }>;

/** Until mail goes out, who manages the team passes the link on. */
const link = {
  token: {
    nullable: true,
    description:
      "The token that accepts it, for you to pass on; shown in this answer only, null in a repeated one (invitationResend gives a new one).",
    resolve: ({ once }: Issued) => once?.token ?? null,
  },
  url: {
    nullable: true,
    type: "URL",
    description: "The same as a link to your frontend: TIKETTI_APP_URL/invitations/TOKEN; null while that isn't set.",
    resolve: ({ once }: Issued) => once?.url ?? null,
  },
} as const;

mutationField("memberInvite", {
  operation: memberInvite,
  description:
    "Invites an address: whoever it belongs to becomes a member by accepting within 7 days, once. At most 3 an hour to one address and 50 an hour from one organization.",
  args: (arg) => ({ input: arg({ type: MemberInviteInput, required: true, description: "Whom, and as what." }) }),
  payload: (t) => ({
    invitation: t.prismaField(invitation as never),
    token: t.string(link.token as never),
    url: t.field(link.url as never),
  }),
});

mutationField("invitationResend", {
  operation: invitationResend,
  description: "Gives an invitation a new token and seven new days; the link before works no more.",
  args: (arg) => ({ id: arg({ type: "ID", required: true, description: "The invitation's id." }) }),
  payload: (t) => ({
    invitation: t.prismaField(invitation as never),
    token: t.string(link.token as never),
    url: t.field(link.url as never),
  }),
});

mutationField("invitationRevoke", {
  operation: invitationRevoke,
  description: "Takes an invitation back; its link works no more.",
  args: (arg) => ({ id: arg({ type: "ID", required: true, description: "The invitation's id." }) }),
  payload: (t) => ({ invitation: t.prismaField(invitation as never) }),
});

const InvitationAcceptPayload = builder.objectRef<Accepted>("InvitationAcceptPayload").implement({
  description: "What `invitationAccept` answers with. Send the id as `X-Organization-Id` to work there.",
  fields: (t) => ({
    organizationId: t.id({
      description: "The organization that was joined.",
      resolve: ({ organizationId }) => toGlobalId("Organization", organizationId),
    }),
    memberId: t.id({ description: "The new member.", resolve: ({ memberId }) => toGlobalId("Member", memberId) }),
    session: t.field({
      type: SessionPayload,
      nullable: true,
      description: "The session of a login that was made now; null when a signed-in user accepted.",
      resolve: ({ session }) => session,
    }),
    cursor: t.field({
      type: "ChangeCursor",
      description: "The position that this made in the organization's change log.",
      resolve: ({ organizationId, changeNumber }, _args, context) =>
        context.cursors.encodeChange(organizationId, changeNumber),
    }),
  }),
});

builder.mutationFields((t) => ({
  invitationAccept: t.field({
    type: InvitationAcceptPayload,
    access: "public",
    errors: invitationErrors.accept,
    description:
      "Accepts an invitation: signed in as the invited address, or without a login by choosing a name and a password. Ignores the Idempotency-Key: it works once by itself.",
    args: { input: t.arg({ type: InvitationAcceptInput, required: true, description: "The token, and who accepts." }) },
    resolve: (_root, args, context) => invitationAccept(context, args),
  }),
}));

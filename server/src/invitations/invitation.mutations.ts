import type { Result } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { fieldOf } from "../schema/fields.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { affected, mutationField } from "../schema/mutation.ts";
import { SessionPayload } from "../sessions/session.type.ts";
import { toGlobalId } from "../wire/ids.ts";
import { invitationAcceptInput } from "./invitation.input.ts";
import { invitationResend, invitationRevoke, memberInvite } from "./invitation.service.ts";
import { type Accepted, invitationAccept, invitationErrors } from "./invitation-accept.service.ts";

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

const invitation = affected("Invitation", "invitationId", "The invitation.", { isAlwaysSeen: true });

mutationField(
  "memberInvite",
  memberInvite,
  "Invites an address: whoever it belongs to becomes a member by accepting within 7 days, once. At most 3 an hour to one address and 50 an hour from one organization.",
  {
    invitation,
    token: (t) => fieldOf(t, { ...link.token, type: "String" }),
    url: (t) => t.field(link.url),
  },
);

mutationField(
  "invitationResend",
  invitationResend,
  "Gives an invitation a new token and seven new days; the link before works no more.",
  {
    invitation,
    token: (t) => fieldOf(t, { ...link.token, type: "String" }),
    url: (t) => t.field(link.url),
  },
);

mutationField("invitationRevoke", invitationRevoke, "Takes an invitation back; its link works no more.", {
  invitation,
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
    args: {
      input: t.arg({
        type: inputTypeOf(invitationAcceptInput),
        required: true,
        description: "The token, and who accepts.",
      }),
    },
    resolve: (_root, args, context) => invitationAccept(context, args),
  }),
}));

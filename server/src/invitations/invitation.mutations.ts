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

/** Until invitations are mailed, the member who manages the team passes the link on. */
const link = {
  token: {
    nullable: true,
    description:
      "The token that accepts it, for you to pass on. Only this answer has it; null in a repeated answer (invitationResend creates a new token).",
    resolve: ({ once }: Issued) => once?.token ?? null,
  },
  url: {
    nullable: true,
    type: "URL",
    description:
      "The token as a link to your frontend: TIKETTI_APP_URL/invitations/TOKEN; null if TIKETTI_APP_URL isn't set, and in a repeated answer.",
    resolve: ({ once }: Issued) => once?.url ?? null,
  },
} as const;

const invitation = affected("Invitation", "invitationId", "The invitation.", { isAlwaysSeen: true });

mutationField(
  "memberInvite",
  memberInvite,
  "Invites an address. Its owner becomes a member by accepting within 7 days, once. At most 3 invitations per hour to one address and 50 per hour from one organization.",
  {
    invitation,
    token: (t) => fieldOf(t, { ...link.token, type: "String" }),
    url: (t) => t.field(link.url),
  },
);

mutationField(
  "invitationResend",
  invitationResend,
  "Gives an invitation a new token, valid for another seven days. The previous link stops working.",
  {
    invitation,
    token: (t) => fieldOf(t, { ...link.token, type: "String" }),
    url: (t) => t.field(link.url),
  },
);

mutationField("invitationRevoke", invitationRevoke, "Revokes an invitation. Its link stops working.", {
  invitation,
});

const InvitationAcceptPayload = builder.objectRef<Accepted>("InvitationAcceptPayload").implement({
  description: "The result of `invitationAccept`. Send the id as `X-Organization-Id` to work there.",
  fields: (t) => ({
    organizationId: t.id({
      description: "The organization that the user joined.",
      resolve: ({ organizationId }) => toGlobalId("Organization", organizationId),
    }),
    memberId: t.id({ description: "The new member.", resolve: ({ memberId }) => toGlobalId("Member", memberId) }),
    session: t.field({
      type: SessionPayload,
      nullable: true,
      description: "The session of the new login; null if a signed-in user accepted.",
      resolve: ({ session }) => session,
    }),
    cursor: t.field({
      type: "ChangeCursor",
      description: "The position of this change in the organization's change log.",
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
      "Accepts an invitation. Either sign in with the invited address first, or choose a name and a password for a new login. Ignores the Idempotency-Key, because an invitation works only once anyway.",
    args: {
      input: t.arg({
        type: inputTypeOf(invitationAcceptInput),
        required: true,
        description: "The token and, for a new login, name and password.",
      }),
    },
    resolve: (_root, args, context) => invitationAccept(context, args),
  }),
}));

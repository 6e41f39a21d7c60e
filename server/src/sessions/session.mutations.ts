import { decodeTypeId } from "../lib/typeid.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { invalid } from "../wire/errors.ts";
import { passwordChangeInput, refreshSessionInput, signInInput } from "./session.input.ts";
import {
  listSessions,
  passwordChange,
  refreshSession,
  sessionErrors,
  sessionRevoke,
  sessionsRevokeAll,
  signIn,
  signOut,
} from "./session.service.ts";
import { Session, SessionPayload, sessionPrefix } from "./session.type.ts";

const SignOutPayload = builder.objectRef<{ isSignedOut: true }>("SignOutPayload").implement({
  description: "The result of `signOut`.",
  fields: (t) => ({
    isSignedOut: t.exposeBoolean("isSignedOut", {
      description: "Always true: the session's tokens no longer work.",
    }),
  }),
});

builder.mutationFields((t) => ({
  signIn: t.field({
    type: SessionPayload,
    access: "public",
    errors: sessionErrors.signIn,
    description:
      "Signs a user in. The answer to an unknown address and to a wrong password is the same. Ignores the Idempotency-Key.",
    args: {
      input: t.arg({ type: inputTypeOf(signInInput), required: true, description: "The e-mail address and password." }),
    },
    resolve: (_root, { input }, context) => signIn(context, input),
  }),
  refreshSession: t.field({
    type: SessionPayload,
    access: "public",
    errors: sessionErrors.refreshSession,
    description:
      "Exchanges a refresh token for new tokens. A token used a second time ends its session. Ignores the Idempotency-Key.",
    args: {
      input: t.arg({ type: inputTypeOf(refreshSessionInput), required: true, description: "The refresh token." }),
    },
    resolve: (_root, { input }, context) => refreshSession(context, input.refreshToken),
  }),
  signOut: t.field({
    type: SignOutPayload,
    access: "user",
    errors: sessionErrors.signOut,
    description: "Ends the session of the access token. Ignores the Idempotency-Key.",
    resolve: async (_root, _args, context) => {
      await signOut(context);
      return { isSignedOut: true as const };
    },
  }),
}));

const SessionsPayload = builder.objectRef<{ endedCount: number }>("SessionsPayload").implement({
  description: "The result of a mutation of sessions.",
  fields: (t) => ({
    endedCount: t.exposeInt("endedCount", { description: "The number of sessions that ended." }),
    sessions: t.field({
      type: [Session],
      description: "The remaining sessions.",
      resolve: (_payload, _args, context) => listSessions(context),
    }),
  }),
});

builder.mutationFields((t) => ({
  sessionRevoke: t.field({
    type: SessionsPayload,
    access: "user",
    errors: sessionErrors.sessionRevoke,
    description:
      "Ends one of the user's own sessions. Its tokens stop working from the next request on. Ignores the Idempotency-Key.",
    args: { id: t.arg({ type: "ID", required: true, description: "The session's id." }) },
    resolve: async (_root, { id }, context) => {
      await sessionRevoke(context, parseSessionId(id));
      return { endedCount: 1 };
    },
  }),
  sessionsRevokeAll: t.field({
    type: SessionsPayload,
    access: "user",
    errors: sessionErrors.sessionsRevokeAll,
    description: "Ends all of the user's own sessions except this one. Ignores the Idempotency-Key.",
    resolve: async (_root, _args, context) => ({ endedCount: await sessionsRevokeAll(context) }),
  }),
  passwordChange: t.field({
    type: SessionsPayload,
    access: "user",
    errors: sessionErrors.passwordChange,
    description: "Changes the user's own password and ends all other sessions. Ignores the Idempotency-Key.",
    args: {
      input: t.arg({
        type: inputTypeOf(passwordChangeInput),
        required: true,
        description: "The current and the new password.",
      }),
    },
    resolve: async (_root, { input }, context) => ({ endedCount: await passwordChange(context, input) }),
  }),
}));

function parseSessionId(id: string): string {
  const decoded = decodeTypeId(id);
  if (decoded?.prefix === sessionPrefix) return decoded.uuid;
  throw invalid(
    ["id"],
    `A Session id is expected here (${sessionPrefix}_…), and "${id.slice(0, 60)}" isn't one.`,
    "WRONG_ID_TYPE",
  );
}

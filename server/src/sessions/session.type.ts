import { authenticate } from "../auth/authenticate.ts";
import type { PreTenantSession } from "../db/pre-tenant.ts";
import { encodeTypeId } from "../lib/typeid.ts";
import { builder } from "../schema/builder.ts";
import { MembershipType } from "../viewer/viewer.type.ts";
import { listSessions, sessionErrors } from "./session.service.ts";
import type { NewSession } from "./session.steps.ts";

/** Not a node: sessions belong to a user and to no organization. */
export const sessionPrefix = "session";

export const Session = builder.objectRef<PreTenantSession>("Session").implement({
  description: "A sign-in of the user on one device. It lasts as long as it is refreshed.",
  fields: (t) => ({
    id: t.id({ description: "The id, for sessionRevoke.", resolve: ({ id }) => encodeTypeId(sessionPrefix, id) }),
    userAgent: t.exposeString("userAgent", {
      nullable: true,
      description: "The name that the device sent (User-Agent); null if it sent none.",
    }),
    isCurrent: t.boolean({
      description: "Whether it is the session of this request.",
      resolve: ({ id }, _args, { user }) => user?.sessionId === id,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When the user signed in." }),
    lastUsedAt: t.expose("lastUsedAt", { type: "DateTime", description: "When it was last refreshed." }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", description: "When it expires unless refreshed." }),
  }),
});

export const SessionPayload = builder.objectRef<NewSession>("SessionPayload").implement({
  description: "The tokens of a session. Only this answer shows them.",
  fields: (t) => ({
    accessToken: t.exposeString("accessToken", {
      description: "The access token, for `Authorization: Bearer`; valid for 15 minutes.",
    }),
    refreshToken: t.exposeString("refreshToken", {
      description: "The refresh token, for refreshSession; works once, within 7 days.",
    }),
    expiresInSeconds: t.exposeInt("expiresInSeconds", {
      description: "The number of seconds that the access token is valid.",
    }),
    memberships: t.field({
      type: [MembershipType],
      description:
        "The organizations that the user belongs to, by name. With more than one, choose with the header `X-Organization-Id`.",
      resolve: async ({ accessToken }, _args, context) => {
        const { user } = await authenticate(context.database, {
          authorization: `Bearer ${accessToken}`,
          organizationId: null,
        });
        return [...(user?.memberships ?? [])];
      },
    }),
  }),
});

builder.queryFields((t) => ({
  sessions: t.field({
    type: [Session],
    access: "user",
    errors: sessionErrors.sessions,
    description: "The user's own sessions in all organizations, last used first; at most 200.",
    resolve: (_root, _args, context) => listSessions(context),
  }),
}));

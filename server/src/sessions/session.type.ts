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
  description: "A sign-in of the user, on one device; it goes on as long as it is refreshed.",
  fields: (t) => ({
    id: t.id({ description: "The id, for sessionRevoke.", resolve: ({ id }) => encodeTypeId(sessionPrefix, id) }),
    userAgent: t.exposeString("userAgent", {
      nullable: true,
      description: "What the device called itself; null when it didn't.",
    }),
    isCurrent: t.boolean({
      description: "Whether it is the session of this request.",
      resolve: ({ id }, _args, { user }) => user?.sessionId === id,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When the user signed in." }),
    lastUsedAt: t.expose("lastUsedAt", { type: "DateTime", description: "When it was refreshed last." }),
    expiresAt: t.expose("expiresAt", { type: "DateTime", description: "When it ends unless it is refreshed." }),
  }),
});

export const SessionPayload = builder.objectRef<NewSession>("SessionPayload").implement({
  description: "The tokens of a session. They are shown in this answer only.",
  fields: (t) => ({
    accessToken: t.exposeString("accessToken", { description: "For `Authorization: Bearer`; works for 15 minutes." }),
    refreshToken: t.exposeString("refreshToken", { description: "For refreshSession, once, within 7 days." }),
    expiresInSeconds: t.exposeInt("expiresInSeconds", { description: "For how long the access token works." }),
    memberships: t.field({
      type: [MembershipType],
      description:
        "The organizations that the user belongs to, by name; with more than one, requests choose by `X-Organization-Id`.",
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
    description: "The user's own sessions, in all organizations, the last used first; at most 200.",
    resolve: (_root, _args, context) => listSessions(context),
  }),
}));

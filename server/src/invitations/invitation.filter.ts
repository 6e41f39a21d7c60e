import { byAddress, type FilterSpec } from "../filters/filter.ts";

export const invitationFilter: FilterSpec = {
  name: "InvitationFilter",
  description: "Which invitations: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Invitation", column: "id", description: "By id." },
    email: { ...byAddress, description: "By the invited address, without case." },
    createdAt: { kind: "instant", column: "createdAt", description: "By when it was made." },
    expiresAt: { kind: "instant", column: "expiresAt", description: "By when it ends." },
    acceptedAt: { kind: "instant", column: "acceptedAt", isNullable: true, description: "By when it was accepted." },
    revokedAt: { kind: "instant", column: "revokedAt", isNullable: true, description: "By when it was revoked." },
  },
};

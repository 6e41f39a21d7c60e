import { entity } from "../entities/entity.ts";
import { emailAddress, instant, integer, reference } from "../entities/kinds.ts";

export const invitationEntity = entity("Invitation", {
  description: "An invitation for an address to become a member with a role. It works once, within seven days.",
  fields: {
    email: emailAddress({
      description: "The invited address; only its owner can accept.",
      inputs: { create: "The address; only its owner can accept." },
      filter: "By the invited address, ignoring case.",
    }),
    role: reference("Role", {}),
    invitedBy: reference("Member", { column: "invitedByMemberId", isNullable: true }),
    invitedByKey: reference("ApiKey", { column: "invitedByApiKeyId", isNullable: true }),
    member: reference("Member", { isNullable: true }),
    expiresAt: instant({ description: "When it expires.", filter: "By the expiry time." }),
    acceptedAt: instant({
      isNullable: true,
      description: "When it was accepted; null if it wasn't.",
      filter: "By the time of acceptance.",
    }),
    revokedAt: instant({
      isNullable: true,
      description: "When it was revoked; null if it wasn't.",
      filter: "By the time of revocation.",
    }),
    createdAt: instant({
      description: "When it was created.",
      filter: "By the creation time.",
      order: ["CREATED_AT", "When it was created."],
    }),
    updatedAt: instant({ description: "When it was last changed." }),
    version: integer({ description: "The version; it increases with every change." }),
  },
  inner: {},
  defaultOrder: ["CREATED_AT", "DESC"],
});

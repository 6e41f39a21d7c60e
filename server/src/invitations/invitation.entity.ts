import { entity } from "../entities/entity.ts";
import { emailAddress, instant, integer, reference } from "../entities/kinds.ts";

export const invitationEntity = entity("Invitation", {
  description: "An address that may become a member with a role, once, within seven days.",
  fields: {
    email: emailAddress({
      description: "The invited address; nobody else can accept it.",
      inputs: { create: "The address; only it can accept." },
      filter: "By the invited address, without case.",
    }),
    role: reference("Role", {}),
    invitedBy: reference("Member", { column: "invitedByMemberId", isNullable: true }),
    invitedByKey: reference("ApiKey", { column: "invitedByApiKeyId", isNullable: true }),
    member: reference("Member", { isNullable: true }),
    expiresAt: instant({ description: "When it ends.", filter: "By when it ends." }),
    acceptedAt: instant({
      isNullable: true,
      description: "When it was accepted; null: it wasn't.",
      filter: "By when it was accepted.",
    }),
    revokedAt: instant({
      isNullable: true,
      description: "When it was taken back; null: it wasn't.",
      filter: "By when it was revoked.",
    }),
    createdAt: instant({
      description: "When it was made.",
      filter: "By when it was made.",
      order: ["CREATED_AT", "When it was made."],
    }),
    updatedAt: instant({ description: "When it changed last." }),
    version: integer({ description: "Counts its changes." }),
  },
  inner: {},
  defaultOrder: ["CREATED_AT", "DESC"],
});

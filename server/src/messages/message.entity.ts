import { entity } from "../entities/entity.ts";
import { enumeration, externalId, instant, integer, isSet, reference, text } from "../entities/kinds.ts";

export const messageVisibilities = ["PUBLIC", "INTERNAL"] as const;
export const messageDirections = ["INBOUND", "OUTBOUND"] as const;

/** Bodies never enter the change log: erasing a message or a person must leave no copy there. */
const unlogged = { isLogged: false } as const;

export const messageEntity = entity("Message", {
  description: "One entry of a ticket's thread: a reply, a customer's message or a note.",
  fields: {
    ticket: reference("Ticket", {}),
    visibility: enumeration("MessageVisibility", messageVisibilities, {
      description: "The visibility: PUBLIC for replies, INTERNAL for notes.",
    }),
    direction: enumeration("MessageDirection", messageDirections, {
      isNullable: true,
      description: "The direction; null on notes.",
    }),
    authorKind: text({}),
    authorMember: reference("Member", { isNullable: true }),
    authorContact: reference("Contact", { isNullable: true }),
    authorApiKey: reference("ApiKey", { isNullable: true }),
    bodyText: text({ ...unlogged, description: "The body as plain text; empty when the message was deleted." }),
    bodyHtml: text({
      ...unlogged,
      isNullable: true,
      description:
        "The body as clean HTML (no scripts, styles or forms); null when the message was written as plain text.",
    }),
    deliveryState: text({}),
    externalId: externalId({
      isNullable: true,
      description: "The id in another system, unique in the organization; null when there is none.",
    }),
    isEdited: isSet({ column: "editedAt", description: "Whether its author edited it (notes only)." }),
    isDeleted: isSet({
      column: "deletedAt",
      description: "Whether it was deleted, so that only its tombstone is left.",
    }),
    createdAt: instant({ description: "When it was written.", order: ["CREATED_AT", "When it was written."] }),
    updatedAt: instant({ description: "When it last changed." }),
    version: integer({ description: "The version, which counts its changes." }),
  },
  inner: {},
  defaultOrder: ["CREATED_AT", "ASC"],
});

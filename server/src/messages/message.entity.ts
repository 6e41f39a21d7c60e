import { entity } from "../entities/entity.ts";
import { enumeration, externalId, instant, integer, isSet, reference, text } from "../entities/kinds.ts";

export const messageVisibilities = ["PUBLIC", "INTERNAL"] as const;
export const messageDirections = ["INBOUND", "OUTBOUND"] as const;

/** Bodies are never in the change log: erasing a message or a person must leave no copy there. */
const unlogged = { isLogged: false } as const;

export const messageEntity = entity("Message", {
  description: "One entry of a ticket's thread: a reply, a customer's message or a note.",
  fields: {
    ticket: reference("Ticket", {}),
    visibility: enumeration("MessageVisibility", messageVisibilities, { description: "Who sees it." }),
    direction: enumeration("MessageDirection", messageDirections, {
      isNullable: true,
      description: "Which way it went; null on notes.",
    }),
    authorKind: text({}),
    authorMember: reference("Member", { isNullable: true }),
    authorContact: reference("Contact", { isNullable: true }),
    authorApiKey: reference("ApiKey", { isNullable: true }),
    bodyText: text({ ...unlogged, description: "The body as plain text; empty once deleted." }),
    bodyHtml: text({
      ...unlogged,
      isNullable: true,
      description: "The body as clean HTML (no scripts, styles or forms); null when it was written as text.",
    }),
    deliveryState: text({}),
    externalId: externalId({
      isNullable: true,
      description: "Its id in another system, unique in the organization; null without one.",
    }),
    isEdited: isSet({ column: "editedAt", description: "Whether its author changed it (notes only)." }),
    isDeleted: isSet({ column: "deletedAt", description: "Whether only its tombstone is left." }),
    createdAt: instant({ description: "When it was written.", order: ["CREATED_AT", "When it was written."] }),
    updatedAt: instant({ description: "When it changed last." }),
    version: integer({ description: "Counts its changes." }),
  },
  inner: {},
  defaultOrder: ["CREATED_AT", "ASC"],
});

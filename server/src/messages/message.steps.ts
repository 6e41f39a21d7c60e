import type { MessageModel as Message } from "../db/index.ts";
import type { Write } from "../db/write.ts";
import { newUuid } from "../lib/uuid.ts";
import type { MessageBody } from "./message.body.ts";

type NewMessage = MessageBody & { ticketId: string } & (
    | { visibility: "INTERNAL" }
    /** The contact's own words. */
    | { visibility: "PUBLIC"; direction: "INBOUND"; contactId: string; fromAddress: string | null }
    | { visibility: "PUBLIC"; direction: "OUTBOUND"; to: string[]; cc: string[]; isMailed: boolean }
  );

/** Adds an entry to a ticket's thread; written by the viewer, or by the contact when it is INBOUND. */
export async function insertMessage({ tx, viewer, now, record }: Write, message: NewMessage): Promise<Message> {
  const { organizationId, actor } = viewer;
  const isInbound = message.visibility === "PUBLIC" && message.direction === "INBOUND";
  const isOutbound = message.visibility === "PUBLIC" && message.direction === "OUTBOUND";
  const row = await tx.message.create({
    data: {
      organizationId,
      id: newUuid(now.getTime()),
      ticketId: message.ticketId,
      visibility: message.visibility,
      direction: message.visibility === "PUBLIC" ? message.direction : null,
      authorKind: isInbound ? "CONTACT" : actor.kind,
      authorContactId: isInbound ? message.contactId : null,
      authorMemberId: !isInbound && actor.kind === "MEMBER" ? actor.id : null,
      authorApiKeyId: !isInbound && actor.kind === "API_KEY" ? actor.id : null,
      fromAddress: isInbound ? message.fromAddress : null,
      toAddresses: isOutbound ? message.to : [],
      ccAddresses: isOutbound ? message.cc : [],
      bodyText: message.bodyText,
      bodyHtml: message.bodyHtml,
      deliveryState: isOutbound && message.isMailed && message.to.length > 0 ? "QUEUED" : "NONE",
      createdAt: now,
      updatedAt: now,
    },
  });
  record({
    kind: "message.created",
    subjectId: row.id,
    ticketId: row.ticketId,
    needsNoteView: row.visibility === "INTERNAL",
    before: null,
    after: imageOf(row),
    ...(isInbound ? { actor: { kind: "CONTACT" as const, id: message.contactId } } : {}),
  });
  return row;
}

/** Without bodies and addresses: erasing a message or a person must leave no copy in the change log. */
function imageOf(message: Message): Record<string, unknown> {
  const {
    bodyText: _text,
    bodyHtml: _html,
    fromAddress: _from,
    toAddresses: _to,
    ccAddresses: _cc,
    organizationId: _organization,
    ...columns
  } = message;
  return columns;
}

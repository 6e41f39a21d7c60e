import type { MessageModel as Message } from "../db/index.ts";
import { imageOf } from "../entities/image.ts";
import { addressKey } from "../lib/mail-address.ts";
import { newUuid } from "../lib/uuid.ts";
import { lockRows } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import type { MessageBody } from "./message.body.ts";
import { refuseTakenMessage } from "./message.clash.steps.ts";
import { messageEntity } from "./message.entity.ts";

export type AddressKind = "FROM" | "TO" | "CC";

type NewMessage = MessageBody & { ticketId: string; externalId?: string | null | undefined } & (
    | { visibility: "INTERNAL" }
    /** The contact's own words. */
    | { visibility: "PUBLIC"; direction: "INBOUND"; contactId: string; fromAddress: string | null }
    | { visibility: "PUBLIC"; direction: "OUTBOUND"; to: string[]; cc: string[]; isMailed: boolean }
  );

/**
 * Adds a message to a ticket's thread. Its author is the viewer, or the contact when it is INBOUND.
 *
 * @throws ALREADY_EXISTS when another message has the externalId
 */
export async function insertMessage(write: Write, message: NewMessage): Promise<Message> {
  const { tx, viewer, now, record } = write;
  const { organizationId, actor } = viewer;
  await refuseTakenMessage(write, message.externalId);
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
      bodyText: message.bodyText,
      bodyHtml: message.bodyHtml,
      externalId: message.externalId ?? null,
      deliveryState: isOutbound && message.isMailed && message.to.length > 0 ? "QUEUED" : "NONE",
      createdAt: now,
      updatedAt: now,
    },
  });
  if (isInbound && message.fromAddress) await insertAddresses(write, row.id, { FROM: [message.fromAddress] });
  if (isOutbound) await insertAddresses(write, row.id, { TO: message.to, CC: message.cc });
  record({
    kind: "message.created",
    subjectId: row.id,
    ticketId: row.ticketId,
    needsNoteView: row.visibility === "INTERNAL",
    before: null,
    after: imageOf(messageEntity, row),
    ...(isInbound ? { actor: { kind: "CONTACT" as const, id: message.contactId } } : {}),
  });
  return row;
}

/** Stores each address with the contact that has it, so that erasing a contact finds its addresses in every message. */
async function insertAddresses(
  write: Write,
  messageId: string,
  lists: Partial<Record<AddressKind, string[]>>,
): Promise<void> {
  const { tx, viewer } = write;
  const rows = Object.entries(lists).flatMap(([kind, list]) =>
    list.map((address, position) => ({ kind, position, address, addressKey: addressKey(address) })),
  );
  if (rows.length === 0) return;
  const find = () =>
    tx.contactAddress.findMany({
      where: { addressKey: { in: rows.map((row) => row.addressKey) } },
      select: { addressKey: true, contactId: true },
    });
  let owners = await find();
  // Locked until the commit, as the recipients are: an erased address must never get into a message afterwards.
  if (owners.length > 0 && lists.CC && lists.CC.length > 0) {
    await lockRows(
      write,
      "contacts",
      owners.map((owner) => owner.contactId),
      "for share",
    );
    owners = await find();
  }
  const ownerOf = new Map(owners.map((owner) => [owner.addressKey, owner.contactId]));
  const { organizationId } = viewer;
  await tx.messageAddress.createMany({
    data: rows.map((row) => ({ organizationId, messageId, ...row, contactId: ownerOf.get(row.addressKey) ?? null })),
  });
}

import { can, requireViewer } from "../access/viewer.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, type ListSpec } from "../schema/connections.ts";
import { Actor, Node, toActor } from "../schema/interfaces.ts";
import { findVisibleTicket } from "../schema/loaders.ts";
import { toGlobalId } from "../wire/ids.ts";
import { previewOf } from "./message.body.ts";
import { DeliveryState, MessageDirection, MessageVisibility } from "./message.enums.ts";
import type { AddressKind } from "./message.steps.ts";

export const messageList: ListSpec = {
  name: "Message",
  orders: { CREATED_AT: { column: "createdAt", kind: "instant", description: "When it was written." } },
  defaultOrder: { field: "CREATED_AT", direction: "ASC" },
};

const MessageDelivery = builder.objectRef<{ state: string }>("MessageDelivery").implement({
  description: "How a message's way by mail goes.",
  fields: (t) => ({
    state: t.field({ type: DeliveryState, description: "The state.", resolve: ({ state }) => state as never }),
  }),
});

const MessageAbilities = builder.objectRef<{ delete: boolean }>("MessageAbilities").implement({
  description: "What the viewer may do with a message.",
  fields: (t) => ({
    delete: t.exposeBoolean("delete", { description: "Delete it; a tombstone stays (the mutation is to come)." }),
  }),
});

const addresses = { select: { kind: true, address: true }, orderBy: { position: "asc" } } as const;

function ofKind(all: { kind: string; address: string }[], wanted: AddressKind): string[] {
  return all.flatMap(({ kind, address }) => (kind === wanted ? [address] : []));
}

export const Message = builder.prismaObject("Message", {
  description: "One entry of a ticket's thread: a reply, a customer's message or a note.",
  interfaces: [Node] as never,
  select: { organizationId: true, id: true },
  findUnique: ({ organizationId, id }) => ({ organizationId_id: { organizationId, id } }),
  fields: (t) => ({
    id: t.id({ description: "The global id.", resolve: ({ id }) => toGlobalId("Message", id) }),
    ticket: t.field({
      type: "Ticket" as never,
      nullable: true,
      select: { ticketId: true },
      description: "Its ticket; null when the viewer can't see it (any more).",
      resolve: ({ ticketId }, _args, context) => findVisibleTicket(context, ticketId) as never,
    }),
    visibility: t.field({
      type: MessageVisibility,
      select: { visibility: true },
      description: "Who sees it.",
      resolve: ({ visibility }) => visibility as never,
    }),
    direction: t.field({
      type: MessageDirection,
      nullable: true,
      select: { direction: true },
      description: "Which way it went; null on notes.",
      resolve: ({ direction }) => direction as never,
    }),
    author: t.field({
      type: Actor,
      select: {
        organizationId: true,
        authorKind: true,
        authorMemberId: true,
        authorContactId: true,
        authorApiKeyId: true,
      },
      description: "Who wrote it.",
      resolve: (message) => toActor(message),
    }),
    from: t.field({
      type: "EmailAddress",
      nullable: true,
      select: { addresses },
      description: "The customer's address it came from; null otherwise.",
      resolve: ({ addresses: all }) => ofKind(all, "FROM")[0] ?? null,
    }),
    to: t.field({
      type: ["EmailAddress"],
      select: { addresses },
      description: "The addresses it goes to.",
      resolve: ({ addresses: all }) => ofKind(all, "TO"),
    }),
    cc: t.field({
      type: ["EmailAddress"],
      select: { addresses },
      description: "The addresses that get a copy.",
      resolve: ({ addresses: all }) => ofKind(all, "CC"),
    }),
    bodyText: t.exposeString("bodyText", { description: "The body as plain text; empty once deleted." }),
    bodyHtml: t.exposeString("bodyHtml", {
      nullable: true,
      description: "The body as clean HTML (no scripts, styles or forms); null when it was written as text.",
    }),
    preview: t.string({
      select: { bodyText: true },
      description: "The start of the body in one line of at most 200 characters.",
      resolve: ({ bodyText }) => previewOf(bodyText),
    }),
    delivery: t.field({
      type: MessageDelivery,
      select: { deliveryState: true },
      description: "Its way by mail.",
      resolve: ({ deliveryState }) => ({ state: deliveryState }),
    }),
    externalId: t.exposeString("externalId", {
      nullable: true,
      description: "Its id in another system, unique in the organization; null without one.",
    }),
    isEdited: t.boolean({
      select: { editedAt: true },
      description: "Whether its author changed it (notes only).",
      resolve: ({ editedAt }) => editedAt !== null,
    }),
    isDeleted: t.boolean({
      select: { deletedAt: true },
      description: "Whether only its tombstone is left.",
      resolve: ({ deletedAt }) => deletedAt !== null,
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was written." }),
    updatedAt: t.expose("updatedAt", { type: "DateTime", description: "When it changed last." }),
    version: t.exposeInt("version", { description: "Counts its changes." }),
    viewerCan: t.field({
      isViewersOwn: true,
      type: MessageAbilities,
      select: { visibility: true, authorMemberId: true, ticket: { select: { assigneeId: true } } },
      description: "What the viewer may do with it.",
      resolve: ({ visibility, authorMemberId, ticket }, _args, context) => {
        const viewer = requireViewer(context);
        const isOwnNote = visibility === "INTERNAL" && authorMemberId !== null && authorMemberId === viewer.actor.id;
        return { delete: isOwnNote || can(viewer, "ticket.delete", ticket) };
      },
    }),
  }),
});

export const MessageConnection = connectionType("Message", Message, false);

import { can, requireViewer } from "../access/viewer.ts";
import { builder } from "../schema/builder.ts";
import { connectionType } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { Actor, toActor } from "../schema/interfaces.ts";
import { findVisibleTicket } from "../schema/loaders.ts";
import { previewOf } from "./message.body.ts";
import { messageEntity } from "./message.entity.ts";
import { DeliveryState } from "./message.enums.ts";
import type { AddressKind } from "./message.steps.ts";

const MessageDelivery = builder.objectRef<{ state: "NONE" | "QUEUED" }>("MessageDelivery").implement({
  description: "The delivery of a message by e-mail.",
  fields: (t) => ({
    state: t.field({ type: DeliveryState, description: "The delivery state.", resolve: ({ state }) => state }),
  }),
});

const MessageAbilities = builder.objectRef<{ delete: boolean }>("MessageAbilities").implement({
  description: "What the viewer can do with a message.",
  fields: (t) => ({
    delete: t.exposeBoolean("delete", {
      description: "Whether the viewer can delete it, which leaves a tombstone (the mutation is not available yet).",
    }),
  }),
});

const addresses = { select: { kind: true, address: true }, orderBy: { position: "asc" } } as const;

function ofKind(all: { kind: string; address: string }[], wanted: AddressKind): string[] {
  return all.flatMap(({ kind, address }) => (kind === wanted ? [address] : []));
}

export const Message = builder.prismaObject("Message", {
  ...objectOf(messageEntity),
  fields: (t) => ({
    ...fieldsOf(t, messageEntity),
    ticket: t.field({
      type: "Ticket",
      nullable: true,
      select: { ticketId: true },
      description: "The ticket; null when the viewer can't see it, or no longer can.",
      resolve: ({ ticketId }, _args, context) => findVisibleTicket(context, ticketId),
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
      description: "The author.",
      resolve: (message) => toActor(message),
    }),
    from: t.field({
      type: "EmailAddress",
      nullable: true,
      select: { addresses },
      description: "The address that the customer wrote from; null otherwise.",
      resolve: ({ addresses: all }) => ofKind(all, "FROM")[0] ?? null,
    }),
    to: t.field({
      type: ["EmailAddress"],
      select: { addresses },
      description: "The addresses that it is sent to.",
      resolve: ({ addresses: all }) => ofKind(all, "TO"),
    }),
    cc: t.field({
      type: ["EmailAddress"],
      select: { addresses },
      description: "The addresses that get a copy.",
      resolve: ({ addresses: all }) => ofKind(all, "CC"),
    }),
    preview: t.string({
      select: { bodyText: true },
      description: "The start of the body in one line, at most 200 characters.",
      resolve: ({ bodyText }) => previewOf(bodyText),
    }),
    delivery: t.field({
      type: MessageDelivery,
      select: { deliveryState: true },
      description: "The delivery by e-mail.",
      resolve: ({ deliveryState }) => ({ state: deliveryState as "NONE" | "QUEUED" }),
    }),
    viewerCan: t.field({
      isViewersOwn: true,
      type: MessageAbilities,
      select: { visibility: true, authorMemberId: true, ticket: { select: { assigneeId: true } } },
      description: "What the viewer can do with it.",
      resolve: ({ visibility, authorMemberId, ticket }, _args, context) => {
        const viewer = requireViewer(context);
        const isOwnNote = visibility === "INTERNAL" && authorMemberId !== null && authorMemberId === viewer.actor.id;
        return { delete: isOwnNote || can(viewer, "ticket.delete", ticket) };
      },
    }),
  }),
});

export const MessageConnection = connectionType("Message", Message, false);

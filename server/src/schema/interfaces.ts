import { toGlobalId } from "../wire/ids.ts";
import { builder } from "./builder.ts";
import type { ActorRow } from "./rows.ts";

export const Node = builder.interfaceType("Node", {
  description: "Anything with an id of its own; `node` and `nodes` find it.",
  fields: (t) => ({
    id: t.id({
      description: "The global id: opaque, with the type in front (`ticket_01h455vb4pex5vsknk084sn02q`).",
      resolve: (row) => toGlobalId(row.type, row.id),
    }),
  }),
  resolveType: (row) => row.type,
});

export const Actor = builder.interfaceType("Actor", {
  description: "Who did something: a member, a contact, an API key or the system.",
  fields: (t) => ({
    id: t.id({ description: "The actor's id; `system` for the system." }),
    name: t.string({ description: "The name to show." }),
  }),
  resolveType: (actor) => actor.type,
});

builder.objectRef<ActorRow>("System").implement({
  description: "Tiketti itself: what happens by rule or by time.",
  interfaces: [Actor],
  fields: (t) => ({
    id: t.id({ description: "Always `system`.", resolve: () => "system" }),
    name: t.string({ description: "Always `System`.", resolve: () => "System" }),
  }),
});

/** The members, contacts and API keys who can have written or done something, as columns of a row. */
interface AuthorColumns {
  organizationId: string;
  authorKind: string;
  authorMemberId: string | null;
  authorContactId: string | null;
  authorApiKeyId: string | null;
}

/** Only the key: what is selected of the actor is loaded for all rows of a list in one statement. */
export function toActor(row: AuthorColumns): ActorRow {
  const id = row.authorMemberId ?? row.authorContactId ?? row.authorApiKeyId;
  return actorOf(row.organizationId, row.authorKind, id);
}

/** An actor by kind and id, as the change log has them. */
export function actorOf(organizationId: string, kind: string, id: string | null): ActorRow {
  const types = { MEMBER: "Member", CONTACT: "Contact", API_KEY: "ApiKey" } as const;
  const type = types[kind as keyof typeof types];
  return type && id ? { type, organizationId, id } : { type: "System", organizationId, id: "system" };
}

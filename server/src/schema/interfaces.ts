import { toGlobalId } from "../wire/ids.ts";
import { builder } from "./builder.ts";
import type { ActorRow } from "./rows.ts";

export const Node = builder.interfaceType("Node", {
  description: "An object with a global id, which `node` and `nodes` find.",
  fields: (t) => ({
    id: t.id({
      description: "The global id: opaque, with the type in front (`ticket_01h455vb4pex5vsknk084sn02q`).",
      resolve: (row) => toGlobalId(row.type, row.id),
    }),
  }),
  resolveType: (row) => row.type,
});

export const Actor = builder.interfaceType("Actor", {
  description: "The author of an action: a member, a contact, an API key or the system.",
  fields: (t) => ({
    id: t.id({ description: "The actor's id; `system` for the system." }),
    name: t.string({ description: "The name to show." }),
  }),
  resolveType: (actor) => actor.type,
});

builder.objectRef<ActorRow>("System").implement({
  description: "Tiketti itself, as the author of actions that a rule or a schedule triggers.",
  interfaces: [Actor],
  fields: (t) => ({
    id: t.id({ description: "Always `system`.", resolve: () => "system" }),
    name: t.string({ description: "Always `System`.", resolve: () => "System" }),
  }),
});

/** The columns of a row that name its author: a member, a contact or an API key. */
interface AuthorColumns {
  organizationId: string;
  authorKind: string;
  authorMemberId: string | null;
  authorContactId: string | null;
  authorApiKeyId: string | null;
}

/** Only the key: the selected fields of the actor are loaded for all rows of a list in one statement. */
export function toActor(row: AuthorColumns): ActorRow {
  const id = row.authorMemberId ?? row.authorContactId ?? row.authorApiKeyId;
  return actorOf(row.organizationId, row.authorKind, id);
}

/** An actor by kind and id, as the change log stores it. */
export function actorOf(organizationId: string, kind: string, id: string | null): ActorRow {
  const types = { MEMBER: "Member", CONTACT: "Contact", API_KEY: "ApiKey" } as const;
  const type = types[kind as keyof typeof types];
  return type && id ? { type, organizationId, id } : { type: "System", organizationId, id: "system" };
}

import { type TypedContact, typedContacts } from "../access/typed-contacts.ts";
import { can, requireViewer } from "../access/viewer.ts";
import { visibleTickets } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { listOf } from "../entities/lists.ts";
import type { Condition } from "../lib/condition.ts";
import { builder } from "../schema/builder.ts";
import { connectionType, orderInput } from "../schema/connections.ts";
import { fieldsOf, objectOf } from "../schema/entity-types.ts";
import { loaderOf } from "../schema/loaders.ts";
import { countRelated, relatedList } from "../schema/related.ts";
import { NestedTicketConnection, TicketOrder } from "../tickets/ticket.type.ts";
import { contactEntity } from "./contact.entity.ts";
import { contactAbilities } from "./contact.service.ts";

export const ContactOrder = orderInput(listOf("Contact"));

const ContactAbilities = builder.objectRef<ReturnType<typeof contactAbilities>>("ContactAbilities").implement({
  description: "What the viewer can do with a contact.",
  fields: (t) => ({
    update: t.exposeBoolean("update", { description: "Whether the viewer can change it." }),
    merge: t.exposeBoolean("merge", {
      description: "Whether the viewer can merge it with another contact, or make it anonymous.",
    }),
    delete: t.exposeBoolean("delete", {
      description:
        "Whether the viewer has the permission to delete it. Even then, a contact with tickets or logged time can't be deleted.",
    }),
  }),
});

const needsContactView = { access: { permission: "contact.view" }, nullable: true } as const;

/** The stored value, or the typed one where the viewer may not see more; see access/typed-contacts.ts. */
function knownAs<Value extends string | null>(
  context: Context,
  id: string,
  field: "name" | "email",
  stored: Value,
): Value | string | Promise<Value | string> {
  const viewer = requireViewer(context);
  if (can(viewer, "contact.view")) return stored;
  const load = async (ids: readonly string[]) => {
    const rows = await context.db.$queryRaw<TypedContact[]>(typedContacts(viewer, ids));
    return new Map(rows.map((row) => [row.id, row]));
  };
  const typed = loaderOf<TypedContact | null>(context, "typed contacts", load, null).load(id);
  return typed.then((row) => row?.[field] ?? stored);
}

export const Contact = builder.prismaObject("Contact", {
  ...objectOf(contactEntity),
  fields: (t) => ({
    ...fieldsOf(t, contactEntity),
    name: t.string({
      select: { id: true, name: true },
      description:
        "The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed.",
      resolve: ({ id, name }, _args, context) => knownAs(context, id, "name", name),
    }),
    email: t.field({
      type: "EmailAddress",
      nullable: true,
      select: { id: true, email: true },
      description:
        "The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed.",
      resolve: ({ id, email }, _args, context) => knownAs(context, id, "email", email),
    }),
    otherEmails: t.field({
      type: ["EmailAddress"],
      ...needsContactView,
      select: { emailKey: true, addresses: { select: { address: true, addressKey: true } } },
      description: "The further addresses; null without the permission.",
      resolve: ({ emailKey, addresses }) =>
        addresses
          .filter(({ addressKey }) => addressKey !== emailKey)
          .map(({ address }) => address)
          .sort(),
    }),
    company: t.relation("company", {
      nullable: true,
      access: { permission: "contact.view" },
      description: "The contact's company; null when there is none or without the permission.",
    }),
    tickets: relatedList(t, {
      connection: NestedTicketConnection,
      of: "Ticket",
      relation: "tickets",
      parent: "contactId",
      description: "The contact's tickets that the viewer can see, by last activity unless `orderBy` is given.",
      args: { orderBy: t.arg({ type: TicketOrder, description: "The order. Default: LAST_ACTIVITY_AT DESC." }) },
      where: visibleTicketsOf,
    }),
    ticketCount: t.int({
      description: "The number of its tickets that the viewer can see.",
      resolve: ({ id }, _args, context) => countRelated(context, "Ticket", "contactId", id, visibleTicketsOf(context)),
    }),
    viewerCan: t.field({
      type: ContactAbilities,
      description: "What the viewer can do with it.",
      resolve: (_contact, _args, context) => contactAbilities(requireViewer(context)),
    }),
  }),
});

/** Contacts nested in another type: a company's. */
export const NestedContactConnection = connectionType("Contact", Contact, false, "NestedContactConnection");
export const ContactConnection = connectionType("Contact", Contact, true);

/** The tickets of a contact or a company that the viewer can see. */
export function visibleTicketsOf(context: Context): Condition {
  return visibleTickets(requireViewer(context)) as Condition;
}

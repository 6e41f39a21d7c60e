import { visibleContacts } from "../access/visibility.ts";
import { contactRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { builder } from "../schema/builder.ts";
import { oneField } from "../schema/one-field.ts";
import { rootList } from "../schema/root-lists.ts";
import { contacts } from "./contact.steps.ts";
import { ContactConnection, ContactOrder } from "./contact.type.ts";

builder.queryFields((t) => ({
  contact: oneField(t, {
    ref: contactRef,
    by: "The contact to return.",
    lookup: contacts,
    description:
      "Returns one contact. With `ticket.view` but without `contact.view`, only contacts of tickets that the viewer can see are found.",
  }),
  contacts: rootList(t, "Contact", {
    connection: ContactConnection,
    order: ContactOrder,
    defaultOrder: "NAME ASC",
    filter: "The contacts to list. Default: all.",
    description: "Lists the organization's contacts, by name unless `orderBy` is given.",
    access: { permission: "contact.view" },
    visible: (viewer) => visibleContacts(viewer) as Condition,
  }),
}));

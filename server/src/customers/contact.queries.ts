import { z } from "zod";
import { requireViewer } from "../access/viewer.ts";
import { visibleContacts } from "../access/visibility.ts";
import { findReferred } from "../inputs/former.ts";
import { contactRef, describeRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { rootList } from "../schema/root-lists.ts";
import { notFound } from "../wire/errors.ts";
import { findKeptContact } from "./contact.former.steps.ts";
import { contactWhere } from "./contact.reference.ts";
import { Contact, ContactConnection, ContactOrder } from "./contact.type.ts";

builder.queryFields((t) => ({
  contact: t.prismaField({
    type: Contact,
    nullable: true,
    description:
      "Returns one contact. With ticket.view but without contact.view, only contacts of tickets that the viewer can see are found.",
    errors: ["VALIDATION", "NOT_FOUND"],
    args: { by: t.arg({ type: inputTypeOf(contactRef), required: true, description: "The contact." }) },
    resolve: async (query, _root, args, context) => {
      const viewer = requireViewer(context);
      const { by } = parseInput(z.object({ by: contactRef }), args);
      const row = await findReferred(
        by,
        (ref) =>
          context.db.contact.findFirst({
            ...query,
            where: { AND: [visibleContacts(viewer), contactWhere(ref, viewer)] },
          }),
        (ref) => findKeptContact(context.db, ref, viewer),
      );
      if (!row) throw notFound(describeRef("Contact", by));
      return row;
    },
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

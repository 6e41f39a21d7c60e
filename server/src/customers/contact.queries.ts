import { z } from "zod";
import { requireViewer } from "../access/viewer.ts";
import { visibleContacts } from "../access/visibility.ts";
import { filterOf } from "../entities/filters.ts";
import { listOf } from "../entities/lists.ts";
import { findReferred } from "../inputs/former.ts";
import { contactRef, describeRef } from "../inputs/references.ts";
import { parseInput } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { filterInput } from "../schema/filter-inputs.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { pageArgs } from "../schema/related.ts";
import { resolveRootList } from "../schema/root-lists.ts";
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
  contacts: t.field({
    type: ContactConnection,
    description: "Lists the organization's contacts, by name unless `orderBy` is given.",
    access: { permission: "contact.view" },
    errors: ["VALIDATION"],
    args: {
      filter: t.arg({ type: filterInput(filterOf("Contact")), description: "The contacts to list. Default: all." }),
      orderBy: t.arg({ type: ContactOrder, description: "The order. Default: NAME ASC." }),
      ...pageArgs(t),
    },
    resolve: (_root, args, context, info) =>
      resolveRootList(
        context,
        info,
        ({ db }) => db.contact,
        listOf("Contact"),
        filterOf("Contact"),
        visibleContacts(requireViewer(context)),
        args,
      ),
  }),
}));

import { requireViewer } from "../access/viewer.ts";
import { visibleContacts } from "../access/visibility.ts";
import { keptFields } from "../schema/merged-fields.ts";
import { affected, gone, mutationField } from "../schema/mutation.ts";
import { upsertResults } from "../schema/upserts.ts";
import { contactCreate, contactUpdate } from "./contact.service.ts";
import { contactAnonymize, contactDelete, contactMerge } from "./contact-merge.service.ts";
import { contactsUpsert, contactUpsert } from "./contact-upsert.service.ts";

const contact = affected("Contact", "contactId", "The contact; null when the viewer can't see it.");

mutationField(
  "contactCreate",
  contactCreate,
  "Creates a contact and links it to the company of its address's domain.",
  {
    contact,
  },
);

mutationField("contactUpdate", contactUpdate, "Changes a contact.", {
  contact,
});

const results = upsertResults("ContactUpsertResult", "contact", "Contact", (context, ids) =>
  context.db.contact.findMany({
    where: { AND: [visibleContacts(requireViewer(context)), { id: { in: ids } }] },
    select: { organizationId: true, id: true },
  }),
);

mutationField(
  "contactUpsert",
  contactUpsert,
  "Finds a contact and updates it to the given values, or creates it. Repeating the call changes nothing.",
  {
    results,
  },
);

mutationField(
  "contactsUpsert",
  contactsUpsert,
  "Creates or updates up to 100 contacts, each as `contactUpsert` does; all or nothing unless `mode` says otherwise.",
  {
    results,
  },
);

mutationField(
  "contactMerge",
  contactMerge,
  "Merges a contact into another: moves its tickets, messages, addresses, phone numbers and notes to the kept contact, which also takes over values that it lacks, and deletes the merged one. From then on the merged contact's id and externalId find the kept one.",
  {
    contact,
    deletedContactId: gone("Contact", "deletedId", "The id of the contact that was merged and deleted."),
    kept: keptFields,
  },
);

mutationField(
  "contactDelete",
  contactDelete,
  "Deletes a contact that has no tickets. Its data in the change log and its addresses in the envelopes of messages are erased too.",
  {
    deletedContactId: gone("Contact", "contactId", "The id of the deleted contact."),
  },
);

mutationField(
  "contactAnonymize",
  contactAnonymize,
  "Erases a contact's name, addresses, phone numbers, notes and externalId, also in the change log and in the envelopes of its messages. Its tickets and their messages stay. If you give the id of a merged contact, the contact that it was merged into is erased. This can't be undone.",
  {
    contact,
  },
);

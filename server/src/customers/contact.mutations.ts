import { requireViewer } from "../access/viewer.ts";
import { visibleContacts } from "../access/visibility.ts";
import { contactRef } from "../inputs/references.ts";
import { inputTypeOf } from "../schema/input-types.ts";
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
  "Finds a contact and brings it to what is given, or creates it. Repeating changes nothing.",
  {
    results,
  },
);

mutationField(
  "contactsUpsert",
  contactsUpsert,
  "The same for up to 100 contacts, all or nothing unless `mode` says otherwise.",
  {
    results,
  },
);

const _which = { type: inputTypeOf(contactRef), required: true, description: "Which one." } as const;

mutationField(
  "contactMerge",
  contactMerge,
  "Moves a contact's tickets, messages, addresses, phone numbers and notes to another, which also takes over what it lacks. The first is gone; its id and externalId find the other from then on.",
  {
    contact,
    deletedContactId: gone("Contact", "deletedId", "The id of the contact that is gone."),
    kept: keptFields,
  },
);

mutationField(
  "contactDelete",
  contactDelete,
  "Deletes a contact without tickets, what the change log kept of it, and its addresses in copies of messages.",
  {
    deletedContactId: gone("Contact", "contactId", "The id of the contact that is gone."),
  },
);

mutationField(
  "contactAnonymize",
  contactAnonymize,
  "Erases a contact's name, addresses, phone, notes and externalId, also in the change log and in its messages' envelopes; its tickets and their texts stay. The id of a contact that was merged erases the one that it went into. This can't be undone.",
  {
    contact,
  },
);

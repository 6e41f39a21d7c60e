import { requireViewer } from "../access/viewer.ts";
import { visibleContacts } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { keptFields } from "../schema/merged-fields.ts";
import { mutationField } from "../schema/mutation.ts";
import { CompanyRefInput, ContactRefInput } from "../schema/reference-inputs.ts";
import { UpsertModeEnum, upsertResults } from "../schema/upserts.ts";
import { toGlobalId } from "../wire/ids.ts";
import { contactCreate, contactUpdate } from "./contact.service.ts";
import { Contact } from "./contact.type.ts";
import { contactAnonymize, contactDelete, contactMerge } from "./contact-merge.service.ts";
import { contactsUpsert, contactUpsert } from "./contact-upsert.service.ts";

const ContactCreateInput = builder.inputType("ContactCreateInput", {
  description: "A new contact; it needs an e-mail address or a phone number.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The name, at most 200 characters." }),
    email: t.field({ type: "EmailAddress", description: "The primary address; no other contact may have it." }),
    phone: t.string({ description: "The phone number." }),
    notes: t.string({ description: "What the team wants to remember, at most 100,000 characters." }),
    externalId: t.string({ description: "Its id in another system, unique in the organization." }),
    company: t.field({
      type: CompanyRefInput,
      description: "Its company. Left out: the one whose domain the address has; null: none, and none by domain.",
    }),
  }),
});

const ContactUpdateInput = builder.inputType("ContactUpdateInput", {
  description: "What to change of a contact: an absent field stays, null clears.",
  fields: (t) => ({
    name: t.string({ description: "The name; can't be cleared." }),
    email: t.field({
      type: "EmailAddress",
      description: "The primary address; the one before stays as a further one. Null removes the primary address.",
    }),
    addEmails: t.field({ type: ["EmailAddress"], description: "Further addresses to add; a contact has at most 20." }),
    removeEmails: t.field({ type: ["EmailAddress"], description: "Addresses to take away." }),
    phone: t.string({
      description:
        "The primary phone number. It replaces the one before, which isn't kept. Null removes it; the next further number is primary then.",
    }),
    addPhones: t.field({ type: ["String"], description: "Further phone numbers to add; a contact has at most 20." }),
    removePhones: t.field({ type: ["String"], description: "Phone numbers to take away, however they are written." }),
    notes: t.string({ description: "What the team wants to remember." }),
    externalId: t.string({ description: "Its id in another system." }),
    isBlocked: t.boolean({ description: "Whether its messages are refused." }),
    company: t.field({
      type: CompanyRefInput,
      description: "Its company; null removes the link. A person's word is never overridden by a domain.",
    }),
    moveTickets: t.boolean({
      access: { permission: "ticket.update", isEnforcedHere: false },
      description:
        "With a new company: whether all its tickets move too that the viewer may update. Default false: only tickets without a company follow to the first one.",
    }),
    expectedVersion: t.int({ description: "The version read before; another one there now is CONFLICT." }),
  }),
});

const ContactUpsertInput = builder.inputType("ContactUpsertInput", {
  description:
    "A contact as it should be: found by externalId, else by any address, else created (then it needs an e-mail address or a phone number). An absent field stays, null clears.",
  fields: (t) => ({
    externalId: t.string({ description: "Its id in another system; looked for first." }),
    email: t.field({
      type: "EmailAddress",
      description: "Its address; looked for next. A new one becomes the primary address, the one before stays.",
    }),
    name: t.string({ description: "The name. Default of a new contact: the address's local part." }),
    phone: t.string({ description: "The phone number." }),
    notes: t.string({ description: "What the team wants to remember." }),
    company: t.field({
      type: CompanyRefInput,
      description: "Its company. Left out: a new contact is linked by its address's domain; null: none.",
    }),
  }),
});

const payload = {
  type: Contact,
  nullable: true,
  description: "The contact; null when the viewer can't see it.",
  resolve: (query: object, { ids }: { ids: { contactId: string } }, _args: object, context: Context) =>
    context.db.contact.findFirst({
      ...query,
      where: { AND: [visibleContacts(requireViewer(context)), { id: ids.contactId }] },
    }),
} as const;

mutationField("contactCreate", {
  operation: contactCreate,
  description: "Creates a contact and links it to the company of its address's domain.",
  args: (arg) => ({ input: arg({ type: ContactCreateInput, required: true, description: "The contact." }) }),
  payload: (t) => ({ contact: t.prismaField(payload as never) }),
});

mutationField("contactUpdate", {
  operation: contactUpdate,
  description: "Changes a contact.",
  args: (arg) => ({
    contact: arg({ type: ContactRefInput, required: true, description: "Which one." }),
    input: arg({ type: ContactUpdateInput, required: true, description: "What to change." }),
  }),
  payload: (t) => ({ contact: t.prismaField(payload as never) }),
});

const results = upsertResults("ContactUpsertResult", "contact", Contact as never, (context, ids) =>
  context.db.contact.findMany({
    where: { AND: [visibleContacts(requireViewer(context)), { id: { in: ids } }] },
    select: { organizationId: true, id: true },
  }),
);

mutationField("contactUpsert", {
  operation: contactUpsert,
  description: "Finds a contact and brings it to what is given, or creates it. Repeating changes nothing.",
  args: (arg) => ({ input: arg({ type: ContactUpsertInput, required: true, description: "The contact." }) }),
  payload: (t) => ({ results: t.field(results as never) }),
});

mutationField("contactsUpsert", {
  operation: contactsUpsert,
  description: "The same for up to 100 contacts, all or nothing unless `mode` says otherwise.",
  args: (arg) => ({
    input: arg({ type: [ContactUpsertInput], required: true, description: "The contacts." }),
    mode: arg({ type: UpsertModeEnum, description: "What happens when one row is refused. Default: ALL_OR_NOTHING." }),
  }),
  payload: (t) => ({ results: t.field(results as never) }),
});

const which = { type: ContactRefInput, required: true, description: "Which one." } as const;

mutationField("contactMerge", {
  operation: contactMerge,
  description:
    "Moves a contact's tickets, messages, addresses, phone numbers and notes to another, which also takes over what it lacks. The first is gone; its id and externalId find the other from then on.",
  args: (arg) => ({
    contact: arg({ ...which, description: "The one that goes." }),
    into: arg({ ...which, description: "The one that stays." }),
  }),
  payload: (t) => ({
    contact: t.prismaField(payload as never),
    deletedContactId: t.id({
      description: "The id of the contact that is gone.",
      resolve: ({ ids }) => toGlobalId("Contact", ids.deletedId),
    }),
    kept: t.field(keptFields as never),
  }),
});

mutationField("contactDelete", {
  operation: contactDelete,
  description:
    "Deletes a contact without tickets, what the change log kept of it, and its addresses in copies of messages.",
  args: (arg) => ({ contact: arg(which) }),
  payload: (t) => ({
    deletedContactId: t.id({
      description: "The id of the contact that is gone.",
      resolve: ({ ids }) => toGlobalId("Contact", ids.contactId),
    }),
  }),
});

mutationField("contactAnonymize", {
  operation: contactAnonymize,
  description:
    "Erases a contact's name, addresses, phone, notes and externalId, also in the change log and in its messages' envelopes; its tickets and their texts stay. The id of a contact that was merged erases the one that it went into. This can't be undone.",
  args: (arg) => ({ contact: arg(which) }),
  payload: (t) => ({ contact: t.prismaField(payload as never) }),
});

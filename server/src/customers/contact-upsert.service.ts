import { z } from "zod";
import { can } from "../access/viewer.ts";
import { visibleContacts } from "../access/visibility.ts";
import type { ContactModel as Contact } from "../db/index.ts";
import { packUpserts, type Upserted } from "../inputs/outcome.ts";
import { addressKey, domainKey } from "../lib/mail-address.ts";
import { operation } from "../operations/operation.ts";
import { upsertRows, upsertRowsInput } from "../operations/upsert-rows.ts";
import { DomainError, invalid, notFound } from "../wire/errors.ts";
import { lockNames, lockRows } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { getCompany } from "./company.steps.ts";
import { findContactOnceCalled } from "./contact.former.steps.ts";
import { contactUpsertInput } from "./contact.input.ts";
import { phoneKey } from "./contact.phones.ts";
import { insertContact } from "./contact.steps.ts";
import { updateContact } from "./contact.update.steps.ts";

type UpsertInput = z.output<typeof contactUpsertInput>;

const errors = ["NOT_FOUND", "ALREADY_EXISTS"] as const;

export const contactUpsert = operation({
  permission: "contact.manage",
  errors,
  input: z.object({
    input: contactUpsertInput.describe("The contact to create or update."),
  }),
  async run(write, { input }) {
    await holdKeys(write, [input]);
    return { ids: { results: packUpserts([await upsert(write, input, ["input"])]) } };
  },
});

export const contactsUpsert = operation({
  permission: "contact.manage",
  errors,
  input: upsertRowsInput("contacts", contactUpsertInput),
  run: (write, input) => upsertRows(write, input, { type: contactUpsertInput, hold: holdKeys, findUnchanged, upsert }),
});

/** Locks all keys at once and sorted: two lists of the same contacts wait for each other without a deadlock. */
async function holdKeys(write: Write, inputs: readonly UpsertInput[]): Promise<void> {
  await lockNames(
    write,
    inputs.flatMap(({ email, externalId: external }) => [
      ...(email ? [`address ${addressKey(email)}`] : []),
      ...(external ? [`contact ${external}`] : []),
    ]),
  );
}

/**
 * Contacts that need no change, which is most of a nightly import, found and compared in a few statements for all.
 * Maps the index in the input to the contact's id. Whatever isn't clearly the same is left to `upsert`.
 */
async function findUnchanged({ tx, viewer }: Write, inputs: readonly UpsertInput[]): Promise<Map<number, string>> {
  // A viewer who can't see contacts must not learn their content from UNCHANGED; `upsert` checks that one by one.
  if (!can(viewer, "contact.view")) return new Map();
  const contacts = await tx.contact.findMany({
    where: {
      AND: [visibleContacts(viewer)],
      OR: [
        { externalId: { in: inputs.flatMap((input) => input.externalId ?? []) } },
        {
          addresses: { some: { addressKey: { in: inputs.flatMap(({ email }) => (email ? addressKey(email) : [])) } } },
        },
      ],
    },
    include: {
      addresses: { select: { addressKey: true } },
      company: { select: { id: true, externalId: true, archivedAt: true, domains: { select: { domain: true } } } },
    },
  });
  const byExternalId = new Map(contacts.map((contact) => [contact.externalId, contact]));
  const byAddress = new Map(contacts.flatMap((one) => one.addresses.map((own) => [own.addressKey, one])));
  const found = inputs.map(({ externalId, email }) => {
    const contact = (externalId && byExternalId.get(externalId)) || byAddress.get(addressKey(email ?? ""));
    return contact ?? null;
  });
  const times = Map.groupBy(found, (contact) => contact?.id);
  const unchanged = new Map<number, string>();
  for (const [index, contact] of found.entries()) {
    // A contact named twice can be changed by its first place.
    if (contact && times.get(contact.id)?.length === 1 && isSame(contact, inputs[index] as UpsertInput))
      unchanged.set(index, contact.id);
  }
  return unchanged;
}

type Compared = Contact & {
  addresses: { addressKey: string }[];
  company: { id: string; externalId: string | null; archivedAt: Date | null; domains: { domain: string }[] } | null;
};

function isSame(contact: Compared, { externalId, email, name, phone, notes, company }: UpsertInput): boolean {
  const isSameCompany = () => {
    if (company === undefined) return true;
    if (contact.companySource !== "MANUAL") return false;
    if (company === null || contact.company === null) return company === contact.company;
    const { id, domain, externalId: external } = company;
    if (contact.company.archivedAt) return false;
    return id
      ? id === contact.company.id
      : domain
        ? contact.company.domains.some((own) => own.domain === domainKey(domain))
        : external === contact.company.externalId;
  };
  return (
    (!externalId || externalId === contact.externalId) &&
    (!email || contact.addresses.some((own) => own.addressKey === addressKey(email))) &&
    (!name || name === contact.name) &&
    (phone === undefined || phone === contact.phone || isKnownPhone(contact, phone)) &&
    (notes === undefined || (notes || null) === contact.notes) &&
    contact.anonymizedAt === null &&
    isSameCompany()
  );
}

/**
 * Finds by externalId first, else by any address. A contact that is merged or made anonymous between finding and
 * locking is searched for again.
 *
 * @throws ALREADY_EXISTS when the two find different contacts
 */
async function upsert(write: Write, input: UpsertInput, path: (string | number)[]): Promise<Upserted> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const found = await find(write, input, path);
    if (!found) return { id: await create(write, input, path), outcome: "CREATED" };
    const contact = await lockFound(write, found);
    if (contact) return bring(write, contact, input, found);
  }
  throw new DomainError("CONFLICT", "This contact is being merged by another request right now; try again.", {
    isRetryable: true,
    retryAfterMs: 500,
  });
}

interface Found {
  id: string;
  externalId: string | null;
  /** Found by the externalId of a contact that was merged into it. */
  isFormer: boolean;
  hasEmail: boolean;
}

/** Null when the locked contact is no longer the one that was found. */
async function lockFound(write: Write, { id, externalId }: Found): Promise<Contact | null> {
  await lockRows(write, "contacts", [id]);
  const where = { AND: [visibleContacts(write.viewer), { id }] };
  const contact = await write.tx.contact.findFirst({ where });
  if (contact) return contact.anonymizedAt === null && contact.externalId === externalId ? contact : null;
  // A contact that still exists but isn't visible is NOT_FOUND; one that no longer exists is searched for again.
  if ((await write.tx.contact.count({ where: { id } })) > 0) throw notFound("This contact");
  return null;
}

async function find(write: Write, input: UpsertInput, path: (string | number)[]): Promise<Found | null> {
  const { tx } = write;
  const byOwnExternalId = input.externalId
    ? await tx.contact.findFirst({ where: { externalId: input.externalId }, select: { id: true, externalId: true } })
    : null;
  const keptId = input.externalId && !byOwnExternalId ? await findContactOnceCalled(tx, input.externalId) : null;
  const kept =
    keptId === null
      ? null
      : await tx.contact.findFirst({ where: { id: keptId }, select: { id: true, externalId: true } });
  const byExternalId = byOwnExternalId ?? kept;
  const byEmail = input.email
    ? await tx.contact.findFirst({
        where: { addresses: { some: { addressKey: addressKey(input.email) } } },
        select: { id: true, name: true, externalId: true },
      })
    : null;
  // An address of a contact with another externalId belongs to somebody else.
  const isElses = byEmail && input.externalId && byEmail.id !== byExternalId?.id && byEmail.externalId !== null;
  if (isElses || (byEmail && byExternalId && byEmail.id !== byExternalId.id)) {
    const isSeen = can(write.viewer, "contact.view");
    const owner = isSeen ? `contact "${byEmail.name}"` : "another contact";
    const message = byExternalId
      ? `${input.email} belongs to ${owner}, and the externalId "${input.externalId}" to another contact; merge the two, or correct one of the values.`
      : `${input.email} belongs to ${owner}, which has ${isSeen ? `the externalId "${byEmail.externalId}"` : "another externalId"}, and no contact has "${input.externalId}"; use that contact's externalId, or another address.`;
    throw new DomainError("ALREADY_EXISTS", message, {
      issues: [{ path, message, code: "ALREADY_EXISTS" }],
      ...(isSeen ? { details: { contactId: byEmail.id } } : {}),
    });
  }
  const found = byExternalId ?? byEmail;
  const { id, externalId } = found ?? {};
  if (id === undefined || externalId === undefined) return null;
  return { id, externalId, isFormer: keptId !== null, hasEmail: byEmail?.id === id };
}

async function bring(write: Write, contact: Contact, input: UpsertInput, found: Found): Promise<Upserted> {
  const isChanged = await updateContact(write, contact, {
    ...(input.name ? { name: input.name } : {}),
    // An existing further address stays a further one; only a new address becomes the primary one.
    ...(input.email && !found.hasEmail ? { email: input.email } : {}),
    // The externalId of a merged contact keeps finding this one, in addition to its own.
    ...(input.externalId && !found.isFormer ? { externalId: input.externalId } : {}),
    ...(input.phone === undefined || isKnownPhone(contact, input.phone) ? {} : { phone: input.phone }),
    ...(input.notes === undefined ? {} : { notes: input.notes }),
    ...(input.company === undefined ? {} : { company: input.company }),
  });
  return { id: contact.id, outcome: isChanged ? "UPDATED" : "UNCHANGED" };
}

function isKnownPhone(contact: Contact, phone: string | null): boolean {
  return phone !== null && contact.otherPhones.some((own) => phoneKey(own) === phoneKey(phone));
}

/** @throws VALIDATION without an address and a phone number */
async function create(write: Write, input: UpsertInput, path: (string | number)[]): Promise<string> {
  if (!input.email && !input.phone) {
    const message = `No contact has the externalId "${input.externalId}", and a new contact needs an e-mail address or a phone number; give one.`;
    throw invalid(path, message, "REQUIRED");
  }
  const localPart = input.email?.slice(0, input.email.lastIndexOf("@"));
  const { company } = input;
  const contact = await insertContact(write, {
    name: input.name ?? localPart ?? (input.externalId as string),
    email: input.email ?? null,
    phone: input.phone ?? null,
    notes: input.notes || null,
    externalId: input.externalId ?? null,
    ...(company === undefined ? {} : { companyId: company && (await getCompany(write, company)).id }),
  });
  return contact.id;
}

import { visibleContacts } from "../access/visibility.ts";
import { lockNames } from "../db/lock.ts";
import type { Write } from "../db/write.ts";
import { alreadyExists } from "../inputs/clash.ts";
import { toKey } from "../lib/key.ts";

/** @throws ALREADY_EXISTS when another contact has the externalId */
export async function refuseTakenExternalId(
  write: Write,
  externalId: string | null | undefined,
  ownId?: string,
): Promise<void> {
  if (!externalId) return;
  await lockNames(write, [`contact ${externalId}`]);
  await refuse(write, { externalId }, "externalId", externalId, ownId);
}

/** Whoever wants the same address waits until the commit. @throws ALREADY_EXISTS when another contact has it */
export async function refuseTakenAddress(write: Write, address: string, ownId: string): Promise<void> {
  const addressKey = toKey(address);
  await lockNames(write, [`address ${addressKey}`]);
  await refuse(write, { addresses: { some: { addressKey } } }, "e-mail address", address, ownId);
}

async function refuse(
  { tx, viewer }: Write,
  where: object,
  field: string,
  value: string,
  ownId: string | undefined,
): Promise<void> {
  const others = { AND: [where, ...(ownId ? [{ NOT: { id: ownId } }] : [])] };
  const taken = await tx.contact.findFirst({ where: others, select: { id: true } });
  if (!taken) return;
  const seen = await tx.contact.findFirst({
    where: { AND: [visibleContacts(viewer), { id: taken.id }] },
    select: { id: true, name: true },
  });
  const owner = seen && { name: `Contact "${seen.name}"`, details: { contactId: seen.id } };
  throw alreadyExists({ what: "contact", field, value, owner });
}

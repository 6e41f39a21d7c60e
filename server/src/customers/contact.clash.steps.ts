import { visibleContacts } from "../access/visibility.ts";
import { alreadyExists } from "../inputs/clash.ts";
import { addressKey } from "../lib/mail-address.ts";
import { lockNames } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { dropFormerExternalId, findContactOnceCalled } from "./contact.former.steps.ts";

/** @throws ALREADY_EXISTS when another contact has the externalId */
export async function refuseTakenExternalId(
  write: Write,
  externalId: string | null | undefined,
  ownId?: string,
): Promise<void> {
  if (!externalId) return;
  await lockNames(write, [`contact ${externalId}`]);
  await refuse(write, { externalId }, "externalId", externalId, ownId);
  // After a merge the externalId still finds the kept contact, and only that contact can take it back.
  const keptId = await findContactOnceCalled(write.tx, externalId);
  if (keptId === null) return;
  if (keptId === ownId) await dropFormerExternalId(write, ownId, externalId);
  else await refuse(write, { id: keptId }, "externalId", externalId, ownId);
}

/** Others who want the same address wait until the commit. @throws ALREADY_EXISTS when another contact has it */
export async function refuseTakenAddress(write: Write, address: string, ownId: string): Promise<void> {
  const key = addressKey(address);
  await lockNames(write, [`address ${key}`]);
  await refuse(write, { addresses: { some: { addressKey: key } } }, "e-mail address", address, ownId);
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

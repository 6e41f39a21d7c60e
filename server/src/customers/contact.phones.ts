/** A contact's phone numbers: one primary, and further ones. */

import { invalid } from "../wire/errors.ts";
import { maxPhones } from "./contact.input.ts";

export interface Phones {
  phone: string | null;
  /** None without `phone`. */
  otherPhones: string[];
}

/** What two ways of writing a number have in common: its digits, and a plus for the 00 before a country's. */
export function phoneKey(phone: string): string {
  return phone.replace(/[^\d+]/g, "").replace(/^00/, "+");
}

/** Each number once, as it was written first; the first one is the primary one. */
export function toPhones(numbers: readonly (string | null | undefined)[]): Phones {
  const first = new Map<string, string>();
  for (const number of numbers) if (number != null && !first.has(phoneKey(number))) first.set(phoneKey(number), number);
  const [phone = null, ...otherPhones] = first.values();
  return { phone, otherPhones };
}

export interface PhoneInput {
  phone?: string | null | undefined;
  addPhones?: string[] | null | undefined;
  removePhones?: string[] | null | undefined;
}

/**
 * A new primary number takes the place of the one before; without one, the next is primary.
 *
 * @throws VALIDATION when a number is to be added and removed, or there are too many
 */
export function changePhones(contact: Phones, input: PhoneInput): Phones {
  const { phone, addPhones, removePhones } = input;
  const removed = new Set((removePhones ?? []).map(phoneKey));
  const added = [...(phone ? [phone] : []), ...(addPhones ?? [])];
  const both = added.find((number) => removed.has(phoneKey(number)));
  if (both) throw invalid(["input", "removePhones"], `${both} can't be both added and removed.`, "CONTRADICTION");
  const primary = phone === undefined ? contact.phone : phone;
  const numbers = [primary, ...contact.otherPhones, ...(addPhones ?? [])];
  const left = toPhones(numbers.filter((number) => number === null || !removed.has(phoneKey(number))));
  if (left.otherPhones.length >= maxPhones)
    throw invalid(["input", "addPhones"], `A contact can have ${maxPhones} phone numbers.`, "TOO_MANY");
  return left;
}

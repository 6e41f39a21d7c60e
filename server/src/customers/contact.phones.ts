/** A contact's phone numbers: one primary number and further ones. */

import { invalid } from "../wire/errors.ts";
import { maxPhones } from "./contact.input.ts";

export interface Phones {
  phone: string | null;
  /** Empty when `phone` is null. */
  otherPhones: string[];
}

/** The part that all notations of a number share: its digits, with a plus for a leading 00. */
export function phoneKey(phone: string): string {
  return phone.replace(/[^\d+]/g, "").replace(/^00/, "+");
}

/** Each number once, as it was first written; the first number is the primary one. */
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
 * A new primary number replaces the previous one. When the primary number is removed, the next becomes primary.
 *
 * @throws VALIDATION when a number is to be added and removed, or there are too many
 */
export function changePhones(contact: Phones, input: PhoneInput): Phones {
  const { phone, addPhones, removePhones } = input;
  const removed = new Set((removePhones ?? []).map(phoneKey));
  const added = [...(phone ? [phone] : []), ...(addPhones ?? [])];
  const both = added.find((number) => removed.has(phoneKey(number)));
  if (both)
    throw invalid(
      ["input", "removePhones"],
      `${both} can't be both added and removed; name it in one list only.`,
      "CONTRADICTION",
    );
  const primary = phone === undefined ? contact.phone : phone;
  const numbers = [primary, ...contact.otherPhones, ...(addPhones ?? [])];
  const left = toPhones(numbers.filter((number) => number === null || !removed.has(phoneKey(number))));
  if (left.otherPhones.length >= maxPhones)
    throw invalid(
      ["input", "addPhones"],
      `A contact can have at most ${maxPhones} phone numbers; remove some first.`,
      "TOO_MANY",
    );
  return left;
}

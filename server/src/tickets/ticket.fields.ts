/** The rules of a ticket's input fields. */
import { z } from "zod";
import { emailAddress, line, wholeText } from "../inputs/fields.ts";
import { contactRef, labelRef, reference } from "../inputs/references.ts";
import { invalid } from "../wire/errors.ts";
import { ticketPriorities } from "./ticket.priority.ts";
import { ticketStatuses } from "./ticket.status.ts";

export const maxLabels = 50;

export const subject = line(300);
export const priority = z.enum(ticketPriorities);
export const status = z.enum(ticketStatuses);
export const labels = z.array(labelRef).max(maxLabels, `must have at most ${maxLabels} labels`);
export const cc = z.array(emailAddress).max(20, "must have at most 20 addresses");
/** A contact by reference, or a person who is found or made by address. */
export const customer = reference({
  ...contactRef.shape,
  person: z.object({ name: line(200).nullish(), email: emailAddress }).optional(),
});
/** Exactly one is given: parseBody checks that. */
export const body = { bodyText: wholeText.nullish(), bodyHtml: wholeText.nullish() };

/** A ticket's labels after some were put on and some taken off. @throws VALIDATION past the limit */
export function changedLabels(ticket: { labelIds: string[] }, added: string[], removed: string[]): string[] {
  requireDistinct(added, removed);
  const left = ticket.labelIds.filter((id) => !removed.includes(id));
  const all = [...new Set([...left, ...added])].toSorted();
  if (all.length > maxLabels)
    throw invalid(["input", "addLabels"], `A ticket can have ${maxLabels} labels.`, "TOO_MANY");
  return all;
}

/** @throws VALIDATION when a label is to come and to go */
export function requireDistinct(added: string[], removed: string[]): void {
  if (added.some((id) => removed.includes(id)))
    throw invalid(["input", "removeLabels"], "A label can't be both put on and taken off.", "CONTRADICTION");
}

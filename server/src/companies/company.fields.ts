/** The rules of a company's input fields. */
import { z } from "zod";
import { currency, externalId, hourlyRate, line, mailDomain, notes, ticketPrefix } from "../inputs/fields.ts";

export const maxDomains = 50;

export const mailDomains = z.array(mailDomain).max(maxDomains, `must have at most ${maxDomains} domains`);

export const companyName = line(200);

/** Absent stays; null clears. */
export const companyFields = z.object({
  notes: notes.nullish(),
  externalId: externalId.nullish(),
  hourlyRate: hourlyRate.nullish(),
  currency: currency.nullish(),
  ticketPrefix: ticketPrefix.nullish(),
});

/** The right of each field, also inside an input that other rights open too. */
export const fieldRights = {
  name: "contact.manage",
  addDomains: "contact.manage",
  removeDomains: "contact.manage",
  notes: "contact.manage",
  externalId: "contact.manage",
  hourlyRate: "time.manage",
  currency: "time.manage",
  ticketPrefix: "organization.manage",
} as const;

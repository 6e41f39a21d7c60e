/** The rules of a ticket's input fields. */
import { z } from "zod";
import { emailAddress, line } from "../inputs/fields.ts";
import { labelRef } from "../inputs/references.ts";
import { ticketPriorities } from "./ticket.priority.ts";
import { ticketStatuses } from "./ticket.status.ts";

export const maxLabels = 50;

export const subject = line(300);
export const priority = z.enum(ticketPriorities);
export const status = z.enum(ticketStatuses);
export const labels = z.array(labelRef).max(maxLabels, `must have at most ${maxLabels} labels`);
export const cc = z.array(emailAddress).max(20, "must have at most 20 addresses");
/** Exactly one is given: parseBody checks that. */
export const body = { bodyText: z.string().nullish(), bodyHtml: z.string().nullish() };

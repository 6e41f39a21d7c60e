/** The inputs of operations on time entries and timers. */
import { z } from "zod";
import { filterOf } from "../entities/filters.ts";
import { expectedVersion, hourlyRate, line, longText, storedCurrency } from "../inputs/fields.ts";
import { filterArgument, inputObject } from "../inputs/input.ts";
import { companyRef, globalId, memberRef, ticketRef } from "../inputs/references.ts";
import { isDay } from "../lib/calendar.ts";
import { maxMinutes, parseDuration } from "../lib/duration.ts";

/** Text in one of the forms, or whole minutes. */
export const duration = z
  .union([z.string(), z.number()])
  .transform((value, context) => {
    const parsed = typeof value === "number" ? ofNumber(value) : parseDuration(value);
    if ("minutes" in parsed) return parsed.minutes;
    context.issues.push({
      code: "custom",
      message: parsed.problem,
      params: { code: "INVALID_DURATION" },
      input: value,
    });
    return z.NEVER;
  })
  .meta({ graphql: "Duration", description: "How long it took: 1 minute to 24 hours." });

function ofNumber(value: number): { minutes: number } | { problem: string } {
  if (Number.isInteger(value) && value >= 1 && value <= maxMinutes) return { minutes: value };
  return { problem: `must be 1 to ${maxMinutes.toLocaleString("en")} whole minutes; ${value} isn't` };
}

const description = longText(2_000).describe("What was done, at most 2,000 characters.");

const earliestDay = "2000-01-01";

/** A day; whether it is in the future the clock has to say. */
const day = z
  .string()
  .trim()
  .refine(isDay, "must be a day such as 2026-11-25")
  .refine((text) => text >= earliestDay, `must not be before ${earliestDay}`)
  .meta({ graphql: "Date" });

const isBillable = z.boolean().nullish().describe("Whether it is billed. Default: true.");
const wasBillable = "Whether it is billed.";
const rate =
  "What an hour of it costs, in the currency of the ticket's company, else of the organization; at most 8 digits and 4 decimals.";
const asked = { permission: "time.manage", isEnforcedHere: false } as const;

export const timeEntryCreateInput = inputObject("TimeEntryCreateInput", "Time that was worked.", {
  duration,
  description: description.nullish(),
  isBillable,
  workedOn: day
    .nullish()
    .describe(
      "The day of the work, not later than today anywhere on earth. Default: today in the organization's time zone.",
    ),
  member: memberRef
    .nullish()
    .describe("Whose time it is; another's needs `time.manage`. Default: the viewer; an API key must name one."),
  rate: hourlyRate.nullish().meta({
    description: `${rate} Default: the first that is set of the company's, the member's and the organization's.`,
    access: asked,
  }),
  messageId: globalId("Message").nullish().describe("The reply or note of the ticket that it belongs to."),
});

export const timeEntryUpdateInput = inputObject(
  "TimeEntryUpdateInput",
  "What to change of a time entry; an absent field stays. Its rate stays frozen unless said otherwise.",
  {
    duration: duration.optional().describe("How long it took: 1 minute to 24 hours. A running timer is stopped by it."),
    description: description.optional().describe('What was done, at most 2,000 characters. "" clears it.'),
    isBillable: z.boolean().optional().describe(wasBillable),
    workedOn: day.optional().describe("The day of the work; a running timer's stays as it is."),
    ticket: ticketRef
      .optional()
      .describe("The ticket that it belongs to: it takes over that one's company, and is priced by it."),
    company: companyRef.nullish().meta({
      description:
        "The company that it is billed to, whatever its ticket's is. The entry is repriced by the usual rates, unless it has its own rate. null: no company.",
      access: asked,
    }),
    rate: hourlyRate.nullish().meta({ description: `${rate} null prices it by the rates of now.`, access: asked }),
    expectedVersion: expectedVersion.describe(
      "The version read before; another one there now is CONFLICT, with what changed since.",
    ),
  },
);

export const replyTimeEntryInput = inputObject(
  "ReplyTimeEntryInput",
  "Time that the reply took, logged for the viewer, today.",
  { duration, description: description.nullish(), isBillable },
);

export const timerStartInput = inputObject("TimerStartInput", "How a timer begins.", {
  startedAt: z
    .date()
    .nullish()
    .describe("Since when it runs: at most 12 hours ago, also yesterday, and not in the future. Default: now."),
  description: description.nullish().describe("What is being done, at most 2,000 characters."),
  isBillable,
});

export const timerStopInput = inputObject(
  "TimerStopInput",
  "The review of what the timer measured; an absent field stays.",
  {
    duration: duration
      .nullish()
      .describe(
        "What was really worked. Default: the time since the start, rounded up to whole minutes; required after 10 hours.",
      ),
    description: description.nullish(),
    isBillable: z.boolean().nullish().describe(wasBillable),
  },
);

export const maxEntries = 5_000;

/** Which entries a bulk operation is about; `filter` is read where the viewer is known. */
const entrySet = (filter: string) => ({
  filter: filterArgument(() => filterOf("TimeEntry"))
    .nullish()
    .describe(`${filter}, at most 5,000. Exactly one of filter and ids is given.`),
  ids: z
    .array(globalId("TimeEntry"))
    .min(1, "must not be empty")
    .max(maxEntries, `must have at most ${maxEntries.toLocaleString("en")} ids`)
    .nullish()
    .describe("These entries, at most 5,000. Exactly one of filter and ids is given."),
});

const reference = line(100);

const moneyInput = inputObject("MoneyInput", "An amount in a currency.", {
  amount: z
    .string()
    .trim()
    .regex(/^\d{1,15}(\.\d{1,4})?$/, 'must be an amount such as "112.50"')
    .meta({ graphql: "Decimal", description: "The amount." }),
  currency: storedCurrency.describe("The currency."),
});

const expectedTotalsInput = inputObject("ExpectedTotalsInput", "What the preview showed.", {
  count: z.int().describe("How many entries."),
  amounts: z.array(moneyInput).describe("The sum in each currency."),
});

export const timeEntriesInvoiceInput = inputObject("TimeEntriesInvoiceInput", "Time entries for an invoice.", {
  ...entrySet("The billable entries that match and are on no invoice yet"),
  reference: reference.describe("The invoice's number or name, at most 100 characters."),
  invoicedOn: day
    .nullish()
    .describe(
      "The day of the invoice. Default: that of the entries which it has already, else today in the organization's time zone.",
    ),
  expected: expectedTotalsInput
    .nullish()
    .describe(
      "Count and sums as a dry run showed them; what changed since is CONFLICT, with the real ones. Required, but for a dry run.",
    ),
  allowMixed: z
    .boolean()
    .nullish()
    .describe("Whether entries of several companies or currencies may be on this invoice. Default: false."),
  dryRun: z.boolean().nullish().describe("Only shows what would be invoiced, and changes nothing. Default: false."),
});

export const timeEntriesUninvoiceInput = inputObject("TimeEntriesUninvoiceInput", "Which invoice to take back.", {
  reference: reference.describe("The invoice's number or name."),
  reason: line(500).describe("Why, at most 500 characters; it is kept in the change log."),
});

export const timeEntriesRepriceInput = inputObject(
  "TimeEntriesRepriceInput",
  "Which time entries to price by the rates of now.",
  {
    ...entrySet("The finished entries that match"),
    dryRun: z.boolean().nullish().describe("Only shows what would change, and changes nothing. Default: false."),
  },
);

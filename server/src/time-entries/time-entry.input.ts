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
  .meta({ graphql: "Duration", description: "The duration: 1 minute to 24 hours." });

function ofNumber(value: number): { minutes: number } | { problem: string } {
  if (Number.isInteger(value) && value >= 1 && value <= maxMinutes) return { minutes: value };
  return { problem: `must be 1 to ${maxMinutes.toLocaleString("en")} whole minutes; ${value} isn't` };
}

const description = longText(2_000).describe("A description of the work, at most 2,000 characters.");

const earliestDay = "2000-01-01";

/** A day. Whether it is in the future is checked later, against the clock. */
const day = z
  .string()
  .trim()
  .refine(isDay, "must be a day such as 2026-11-25")
  .refine((text) => text >= earliestDay, `must not be before ${earliestDay}`)
  .meta({ graphql: "Date" });

const isBillable = z.boolean().nullish().describe("Whether it is billable. Default: true.");
const wasBillable = "Whether it is billable.";
const rate =
  "The hourly rate in the currency of the ticket's company, otherwise of the organization; at most 8 digits and 4 decimals.";
const asked = { permission: "time.manage", isEnforcedHere: false } as const;

export const timeEntryCreateInput = inputObject("TimeEntryCreateInput", "Finished work to log.", {
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
    .describe(
      "The member whose time it is; another member's needs `time.manage`. Default: the viewer. An API key must name a member.",
    ),
  rate: hourlyRate.nullish().meta({
    description: `${rate} Default: the first one set of the company's, the member's and the organization's rate.`,
    access: asked,
  }),
  messageId: globalId("Message").nullish().describe("The reply or note on the ticket that it belongs to."),
});

export const timeEntryUpdateInput = inputObject(
  "TimeEntryUpdateInput",
  "Changes to a time entry; omitted fields stay. The rate stays frozen unless a field says otherwise.",
  {
    duration: duration.optional().describe("The duration: 1 minute to 24 hours. Giving it stops a running timer."),
    description: description.optional().describe('A description of the work, at most 2,000 characters. "" clears it.'),
    isBillable: z.boolean().optional().describe(wasBillable),
    workedOn: day.optional().describe("The day of the work; a running timer's can't be changed."),
    ticket: ticketRef
      .optional()
      .describe("The ticket it belongs to. The entry takes that ticket's company and its rate."),
    company: companyRef.nullish().meta({
      description:
        "The company it is billed to, independent of the ticket's. The entry is repriced by the usual rates unless it has a rate of its own. null: no company.",
      access: asked,
    }),
    rate: hourlyRate.nullish().meta({ description: `${rate} null prices it by the current rates.`, access: asked }),
    expectedVersion: expectedVersion.describe(
      "The version you read. If the current one differs, the call fails with CONFLICT and lists what changed since.",
    ),
  },
);

export const replyTimeEntryInput = inputObject(
  "ReplyTimeEntryInput",
  "Time spent on the reply, logged for the viewer today.",
  { duration, description: description.nullish(), isBillable },
);

export const timerStartInput = inputObject("TimerStartInput", "The input of `timerStart`.", {
  startedAt: z
    .date()
    .nullish()
    .describe(
      "When it started: at most 12 hours ago, even if that was yesterday, and not in the future. Default: now.",
    ),
  description: description.nullish().describe("A description of the work, at most 2,000 characters."),
  isBillable,
});

export const timerStopInput = inputObject(
  "TimerStopInput",
  "Corrections to the timer's values; a field that is left out stays as it is.",
  {
    duration: duration
      .nullish()
      .describe(
        "The time actually worked. Default: the time since the start, rounded up to whole minutes. Required after 10 hours.",
      ),
    description: description.nullish(),
    isBillable: z.boolean().nullish().describe(wasBillable),
  },
);

export const maxEntries = 5_000;

/** The entries that a bulk operation applies to. `filter` is compiled later, when the viewer is known. */
const entrySet = (filter: string) => ({
  filter: filterArgument(() => filterOf("TimeEntry"))
    .nullish()
    .describe(`${filter}, at most 5,000. Give exactly one of filter and ids.`),
  ids: z
    .array(globalId("TimeEntry"))
    .min(1, "must not be empty")
    .max(maxEntries, `must have at most ${maxEntries.toLocaleString("en")} ids`)
    .nullish()
    .describe("The ids of the entries, at most 5,000. Give exactly one of filter and ids."),
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

const expectedTotalsInput = inputObject(
  "ExpectedTotalsInput",
  "The totals that you expect, as the dry run returned them.",
  {
    count: z.int().describe("The number of entries."),
    amounts: z.array(moneyInput).describe("The sum in each currency."),
  },
);

export const timeEntriesInvoiceInput = inputObject(
  "TimeEntriesInvoiceInput",
  "The time entries to invoice, and the invoice.",
  {
    ...entrySet("The matching billable entries that aren't on an invoice yet"),
    reference: reference.describe("The invoice's number or name, at most 100 characters."),
    invoicedOn: day
      .nullish()
      .describe(
        "The date of the invoice. Default: that of the entries already on it, otherwise today in the organization's time zone.",
      ),
    expected: expectedTotalsInput
      .nullish()
      .describe(
        "The count and sums shown by a dry run. If they changed since, the call fails with CONFLICT and the current ones. Required unless this is a dry run.",
      ),
    allowMixed: z
      .boolean()
      .nullish()
      .describe("Whether to allow entries of several companies or currencies on this invoice. Default: false."),
    dryRun: z
      .boolean()
      .nullish()
      .describe("Whether to only show what would be invoiced, changing nothing. Default: false."),
  },
);

export const timeEntriesUninvoiceInput = inputObject("TimeEntriesUninvoiceInput", "The invoice to cancel.", {
  reference: reference.describe("The invoice's number or name."),
  reason: line(500).describe("The reason, at most 500 characters; kept in the change log."),
});

export const timeEntriesRepriceInput = inputObject(
  "TimeEntriesRepriceInput",
  "The time entries to reprice at the current rates.",
  {
    ...entrySet("The matching finished entries"),
    dryRun: z.boolean().nullish().describe("Whether to preview the changes without making them. Default: false."),
  },
);

import { describedEnum } from "../schema/enums.ts";
import type { bulkModes } from "./ticket.input.ts";

export const BulkMode = describedEnum<(typeof bulkModes)[number]>("BulkMode", "What a fault in one ticket means.", {
  ALL_OR_NOTHING: "Nothing is changed, and the error says which ticket it was.",
  PER_TICKET: "The others are changed, and each result says what became of its ticket.",
});

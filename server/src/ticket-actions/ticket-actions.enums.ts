import { describedEnum } from "../schema/enums.ts";
import type { bulkModes } from "./ticket.input.ts";

export const BulkMode = describedEnum<(typeof bulkModes)[number]>(
  "BulkMode",
  "How a bulk operation treats an error in one ticket.",
  {
    ALL_OR_NOTHING: "Nothing is changed, and the error names the ticket.",
    PER_TICKET:
      "A ticket with an error stays unchanged, the other tickets are changed, and each ticket has its own result.",
  },
);

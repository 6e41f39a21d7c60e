import { describedEnum } from "../schema/enums.ts";
import type { RateSource } from "./time-entry.rate.ts";

describedEnum<RateSource>("RateSource", "The source of an entry's rate.", {
  ENTRY: "The entry's own rate.",
  COMPANY: "The company's rate.",
  MEMBER: "The member's rate.",
  ORGANIZATION: "The organization's default rate.",
  NONE: "No rate applies: the entry has no price and can't be invoiced.",
});

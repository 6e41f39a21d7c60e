import { describedEnum } from "../schema/enums.ts";
import type { RateSource } from "./time-entry.rate.ts";

export const RateSourceEnum = describedEnum<RateSource>("RateSource", "Where an entry's rate came from.", {
  ENTRY: "Given for the entry itself.",
  COMPANY: "The company's.",
  MEMBER: "The member's.",
  ORGANIZATION: "The organization's default.",
  NONE: "Nobody has set a rate that fits: the entry has no price, and can't be invoiced.",
});

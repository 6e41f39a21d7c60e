import { describedEnum } from "../schema/enums.ts";

export const CompanySource = describedEnum("CompanySource", "How a contact was linked to its company.", {
  DOMAIN: "Linked automatically by the domain of its address; follows a moved or removed domain.",
  MANUAL: "Linked or unlinked by a person; never overridden by a domain.",
});

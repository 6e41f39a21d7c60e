import { describedEnum } from "../schema/enums.ts";

export const CompanySource = describedEnum("CompanySource", "How a contact came to its company.", {
  DOMAIN: "By the domain of its address; follows a moved or removed domain.",
  MANUAL: "By a person; never overridden, also when the person removed the link.",
});

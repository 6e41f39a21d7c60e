/** The inputs of an organization's operations. */
import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { organizationEntity } from "./organization.entity.ts";

export const organizationCreateInput = inputObject(
  "OrganizationCreateInput",
  "A new organization.",
  fieldsIn(organizationEntity, "create"),
);

export const organizationUpdateInput = inputObject(
  "OrganizationUpdateInput",
  "What to change of the settings: an absent field stays, null clears.",
  { ...fieldsIn(organizationEntity, "update"), expectedVersion },
);

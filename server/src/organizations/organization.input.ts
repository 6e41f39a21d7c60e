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
  "Changes to the settings. Omitted fields stay; null clears.",
  { ...fieldsIn(organizationEntity, "update"), expectedVersion },
);

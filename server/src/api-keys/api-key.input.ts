/** The inputs of an API key's operations. */
import { z } from "zod";
import { fieldsIn } from "../entities/inputs.ts";
import { inputObject } from "../inputs/input.ts";
import { roleRef } from "../inputs/references.ts";
import { apiKeyEntity } from "./api-key.entity.ts";

/** As in the database's check constraint. */
const mostPoints = 1_000_000_000;

export const apiKeyCreateInput = inputObject("ApiKeyCreateInput", "A new API key.", {
  ...fieldsIn(apiKeyEntity, "create"),
  role: roleRef.describe("The role that it has; it must grant nothing that you don't hold."),
  pointsPerMinute: z
    .int()
    .min(1)
    .max(mostPoints)
    .nullish()
    .describe(
      "The maximum points it can use per minute, at least 1, in addition to the limit of the organization's plan. Default: that limit alone.",
    ),
});

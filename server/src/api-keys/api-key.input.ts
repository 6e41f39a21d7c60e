/** The inputs of an API key's operations. */
import { z } from "zod";
import { fieldsIn } from "../entities/inputs.ts";
import { inputObject } from "../inputs/input.ts";
import { roleRef } from "../inputs/references.ts";
import { apiKeyEntity } from "./api-key.entity.ts";

/** As the database's check has it. */
const mostPoints = 1_000_000_000;

export const apiKeyCreateInput = inputObject("ApiKeyCreateInput", "A new API key.", {
  ...fieldsIn(apiKeyEntity, "create"),
  role: roleRef.describe("What it may do: a role that grants nothing the viewer doesn't hold."),
  pointsPerMinute: z
    .int()
    .min(1)
    .max(mostPoints)
    .nullish()
    .describe(
      "The most points that it may use a minute, at least 1; the limit of the organization's plan holds beside it. Default: that limit alone.",
    ),
});

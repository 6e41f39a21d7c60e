/** How much each organization may use: plans that the operator names in a file. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { OperatorError } from "../wire/errors.ts";

/** The limits of a plan, with their defaults. docs/limits.md derives from them. */
export const planLimits = {
  pointsPerActor: { default: 60_000, description: "Points a minute of one member or API key" },
  pointsPerOrganization: { default: 120_000, description: "Points a minute of an organization as a whole" },
  invitationsPerHour: { default: 50, description: "Invitations an hour of an organization" },
  exportsPerHour: { default: 60, description: "Exports an hour of one member or API key" },
} as const;

export type Plan = Record<keyof typeof planLimits, number>;

export const defaultPlanName = "default";

const most = 1_000_000_000;
const fields = Object.fromEntries(
  Object.entries(planLimits).map(([name, { default: value }]) => [
    name,
    z.number().int().min(1).max(most).default(value),
  ]),
) as Record<keyof Plan, z.ZodDefault<z.ZodNumber>>;

const planNames = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, "a plan's name has lower-case letters, digits and dashes, at most 40");
const plansFile = z.record(planNames, z.strictObject(fields));

export class Plans {
  readonly #plans: ReadonlyMap<string, Plan>;

  constructor(plans: Readonly<Record<string, Partial<Plan>>> = {}) {
    this.#plans = new Map(
      Object.entries({ [defaultPlanName]: {}, ...plans }).map(([name, plan]) => [
        name,
        z.object(fields).parse(plan) as Plan,
      ]),
    );
  }

  get names(): string[] {
    return [...this.#plans.keys()];
  }

  has(name: string): boolean {
    return this.#plans.has(name);
  }

  /** For a plan that the file no longer has: the default plan. */
  of(name: string): Plan {
    return this.#plans.get(name) ?? (this.#plans.get(defaultPlanName) as Plan);
  }
}

/** A line for the operator about each organization whose plan the file doesn't have. */
export function missingPlans(plans: Plans, organizations: readonly { prefix: string; plan: string }[]): string[] {
  return organizations
    .filter(({ plan }) => !plans.has(plan))
    .map(
      ({ prefix, plan }) =>
        `${prefix} has the plan ${plan}, which TIKETTI_LIMITS doesn't have; the limits of ${defaultPlanName} apply`,
    );
}

/** @throws OperatorError that names the fault in the file, and where it is */
export function readPlans(file: string | null): Plans {
  if (file === null) return new Plans();
  const parsed = plansFile.safeParse(readJson(file, "TIKETTI_LIMITS"));
  if (parsed.success) return new Plans(parsed.data as Record<string, Plan>);
  const faults = parsed.error.issues.map((issue) => {
    const message =
      issue.code === "invalid_key" ? issue.issues.map((inner) => inner.message).join(", ") : issue.message;
    return `  ${issue.path.join(".") || "the file"}: ${message}`;
  });
  throw new OperatorError(
    `TIKETTI_LIMITS (${file}) is wrong:\n${faults.join("\n")}\nIt has plans by name, each with any of ${Object.keys(planLimits).join(", ")}: {"default": {"pointsPerActor": 60000}}`,
  );
}

/** @throws OperatorError when the file can't be read or isn't JSON */
export function readJson(file: string, setting: string): unknown {
  try {
    // Some editors begin a file with a byte order mark.
    return JSON.parse(readFileSync(file, "utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    throw new OperatorError(`${setting} (${file}) can't be read as JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

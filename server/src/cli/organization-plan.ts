import { readConfig } from "../config.ts";
import { readPlans } from "../limits/plans.ts";
import { organizationPlanSet } from "../organizations/organization.service.ts";
import { OperatorError } from "../wire/errors.ts";
import type { Command } from "./command.ts";
import { findOrganization, operatorContext, withServices } from "./with-services.ts";

export const organizationPlanCommand: Command = {
  usage: "Usage: npm run tiketti -- organization plan --organization <PREFIX> --plan <name>",
  help: `Gives an organization the limits of a plan, from its next request on.

  --organization  the organization, by its ticket prefix
  --plan          a plan in the file that TIKETTI_LIMITS names, or default`,
  options: { organization: { type: "string" }, plan: { type: "string" } },
  async run(values) {
    const { organization, plan } = values as Record<string, string | undefined>;
    if (!organization || !plan) {
      console.error(
        `Missing: ${!organization ? "--organization " : ""}${!plan ? "--plan" : ""}\n\n${organizationPlanCommand.usage}`,
      );
      return 2;
    }
    const config = readConfig();
    const { names } = readPlans(config.limitsFile);
    if (!names.includes(plan))
      throw new OperatorError(
        `There is no plan ${plan}; TIKETTI_LIMITS${config.limitsFile ? ` (${config.limitsFile})` : " is not set, so it"} has: ${names.join(", ")}.`,
      );
    return withServices(async (services) => {
      const organizationId = await findOrganization(services, organization);
      await organizationPlanSet(operatorContext(services, organizationId), { plan });
      console.log(`${organization.toUpperCase()} now has the limits of the plan ${plan}.`);
      return 0;
    }, config);
  },
};

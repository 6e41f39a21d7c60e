import { readConfig } from "../config.ts";
import { OperatorError } from "../errors.ts";
import { readPlans } from "../limits/plans.ts";
import { organizationPlanSet } from "../organizations/organization.service.ts";
import { openServices } from "../server.ts";
import { openStorage, servedBy } from "../storage.ts";
import { operatorContext } from "./api-key-create.ts";
import type { Command } from "./index.ts";
import { createLog } from "./serve.ts";

export const organizationPlanCommand: Command = {
  usage: "Usage: npm run tiketti -- organization plan --organization <PREFIX> --plan <name>",
  help: `Gives an organization the limits of a plan, from its next request on.

  --organization  the organization, by its ticket prefix
  --plan          a plan of the file that TIKETTI_LIMITS names, or default`,
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
    const storage = await openStorage(config, {
      isExclusive: false,
      upkeep: "check",
      progress: (line) => console.error(line),
    });
    const services = openServices(servedBy(storage), createLog({ logLevel: "error" }));
    try {
      const prefix = organization.toUpperCase();
      const organizationId = await services.database.gate.findOrganization(prefix);
      if (!organizationId) throw new OperatorError(`There is no organization with the ticket prefix ${prefix}.`);
      await organizationPlanSet(operatorContext(services, organizationId), { plan });
      console.log(`${prefix} has the limits of the plan ${plan}.`);
      return 0;
    } finally {
      await services.database.close();
      await storage.close();
    }
  },
};

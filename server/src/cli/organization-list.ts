import type { Command } from "./command.ts";
import { withServices } from "./with-services.ts";

export const organizationListCommand: Command = {
  usage: "Usage: npm run tiketti -- organization list",
  help: "Prints a line for each organization: its ticket prefix, its plan and its name, separated by tabs.",
  options: {},
  async run() {
    return withServices(async (services) => {
      for (const { prefix, plan, name } of await services.database.preTenant.organizationPlans())
        console.log([prefix, plan, name].join("\t"));
      return 0;
    });
  },
};

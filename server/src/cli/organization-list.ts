import { readConfig } from "../config.ts";
import { openServices } from "../server.ts";
import { openStorage, servedBy } from "../storage.ts";
import type { Command } from "./index.ts";
import { createLog } from "./serve.ts";

export const organizationListCommand: Command = {
  usage: "Usage: npm run tiketti -- organization list",
  help: "Prints a line for each organization: its ticket prefix, its plan and its name, with tabs in between.",
  options: {},
  async run() {
    const storage = await openStorage(readConfig(), {
      isExclusive: false,
      upkeep: "check",
      progress: (line) => console.error(line),
    });
    const services = openServices(servedBy(storage), createLog({ logLevel: "error" }));
    try {
      for (const { prefix, plan, name } of await services.database.gate.organizationPlans())
        console.log([prefix, plan, name].join("\t"));
      return 0;
    } finally {
      await services.database.close();
      await storage.close();
    }
  },
};

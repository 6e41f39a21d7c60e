import { readConfig } from "../config.ts";
import { openStorage } from "../db/storage.ts";
import type { Command } from "./command.ts";

export const migrateCommand: Command = {
  usage: "Usage: npm run tiketti -- migrate",
  help: `Creates the roles that serve, when they are missing, and applies the migrations that are missing. Each
start does the same unless it is told \`serve --no-migrate\`; run this on its own to migrate before new servers
start. Running it again changes nothing, and no role's password is ever changed.`,
  options: {},
  async run() {
    const storage = await openStorage(readConfig(), {
      isExclusive: false,
      upkeep: "migrate",
      progress: (line) => console.error(line),
    });
    await storage.close();
    console.error("the database is up to date");
    return 0;
  },
};

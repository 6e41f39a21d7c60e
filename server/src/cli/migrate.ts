import { readConfig } from "../config.ts";
import { openStorage } from "../storage.ts";
import type { Command } from "./index.ts";

export const migrateCommand: Command = {
  usage: "Usage: npm run tiketti -- migrate",
  help: `Creates the roles that serve and applies the migrations that are missing. Each start does the same;
run it on its own to migrate before new servers start. Running it again changes nothing.`,
  options: {},
  async run() {
    const storage = await openStorage(readConfig(), { isExclusive: false, progress: (line) => console.error(line) });
    await storage.close();
    console.error("the database is up to date");
    return 0;
  },
};

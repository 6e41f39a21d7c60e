import { readConfig } from "../config.ts";
import { openStorage } from "../db/storage.ts";
import type { Command } from "./command.ts";

export const migrateCommand: Command = {
  usage: "Usage: npm run tiketti -- migrate",
  help: `Creates the server's database roles where they are missing, and applies missing migrations. Each start
does the same, except with \`serve --no-migrate\`. Run this command to migrate before new servers start.
Running it again changes nothing. It never changes a role's password.`,
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

import { readConfig } from "../config.ts";
import { createRoles } from "../db/storage.ts";
import type { Command } from "./command.ts";

export const rolesCreateCommand: Command = {
  usage: "Usage: npm run tiketti -- roles create",
  help: `Creates the roles that serve the database of DATABASE_URL, and no table: run it before a dump is restored into
an empty database on a new PostgreSQL (a dump names roles but doesn't hold them). A role that exists is left alone.`,
  options: {},
  async run() {
    const names = await createRoles(readConfig(), (line) => console.error(line));
    console.error(`the roles are there: ${names.join(", ")}`);
    return 0;
  },
};

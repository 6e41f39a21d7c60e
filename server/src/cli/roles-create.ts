import { readConfig } from "../config.ts";
import { createRoles } from "../db/storage.ts";
import type { Command } from "./command.ts";

export const rolesCreateCommand: Command = {
  usage: "Usage: npm run tiketti -- roles create",
  help: `Creates the roles with which the server uses the database of DATABASE_URL, and no tables. Run it before you
restore a dump into an empty database on a new PostgreSQL: a dump names roles but doesn't contain them. Existing
roles stay unchanged.`,
  options: {},
  async run() {
    const names = await createRoles(readConfig(), (line) => console.error(line));
    console.error(`the roles exist:  ${names.join(", ")}`);
    return 0;
  },
};

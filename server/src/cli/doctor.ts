import { readConfig } from "../config.ts";
import { findBreaches } from "../db/catalogue.ts";
import { migrationNames } from "../db/migrations.ts";
import { openServices } from "../server.ts";
import { openStorage } from "../storage.ts";
import type { Command } from "./index.ts";
import { createLog } from "./serve.ts";
import { version } from "./version.ts";

export const doctorCommand: Command = {
  usage: "Usage: npm run tiketti -- doctor",
  help: "Prints a line for each check. Exits with 1 when one fails. It applies missing migrations, as each start does.",
  options: {},
  async run() {
    console.log(`ok    Tiketti ${version} on Node ${process.version}, ${process.platform}-${process.arch}`);
    const config = readConfig();
    console.log(`ok    settings: ${config.mode} database, ${config.isProduction ? "production" : "development"}`);
    const storage = await openStorage(config, { isExclusive: false, progress: (line) => console.log(`ok    ${line}`) });
    const services = openServices(
      { databaseUrl: storage.appUrl, secret: storage.secret, host: config.host, port: config.port },
      createLog({ logLevel: "error" }),
    );
    try {
      const { rows } = await services.database.control.query("select version() as text, current_user as role");
      console.log(`ok    database: ${rows[0].text.split(" on ")[0]}, as ${rows[0].role}`);
      console.log(`ok    migrations: ${(await migrationNames()).length}, all applied`);
      const breaches = await findBreaches(services.database.control);
      for (const breach of breaches) console.log(`FAIL  ${breach}`);
      if (breaches.length === 0) console.log("ok    row security, keys, roles and functions keep organizations apart");
      const hasOrganizations = await services.database.gate.hasOrganizations();
      console.log(
        hasOrganizations
          ? "ok    there is at least one organization"
          : "note  there is no organization yet: npm run tiketti -- owner create --help",
      );
      return breaches.length === 0 ? 0 : 1;
    } finally {
      await services.database.close();
      await storage.close();
    }
  },
};

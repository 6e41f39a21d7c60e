import { type Config, readConfig } from "../config.ts";
import { findBreaches } from "../db/catalogue.ts";
import { migrationNames } from "../db/migrations.ts";
import { openStorage, type Storage, servedBy } from "../db/storage.ts";
import { readOperations, refuseFaults } from "../limits/operations.ts";
import { missingPlans, type Plans, readPlans } from "../limits/plans.ts";
import { buildSchema } from "../schema.ts";
import { openServices } from "../services.ts";
import { OperatorError } from "../wire/errors.ts";
import type { Command } from "./command.ts";
import { createLog } from "./log.ts";
import { version } from "./version.ts";

export const doctorCommand: Command = {
  usage: "Usage: npm run tiketti -- doctor",
  help: `Prints a line for each check: settings, database, secret, migrations, roles, the layers between organizations.
It only reads and never changes a database. Exits with 1 when a check fails.`,
  options: {},
  async run() {
    console.log(`ok    Tiketti ${version} on Node ${process.version}, ${process.platform}-${process.arch}`);
    const config = readConfig();
    console.log(`ok    settings: ${config.mode} database, ${config.isProduction ? "production" : "development"}`);
    if (!checkFiles(config)) return 1;
    const storage = await openReadOnly(config);
    if (!storage) return 1;
    try {
      if (!storage.isSetUp) {
        console.log("FAIL  the database is empty: `npm start`, or `npm run tiketti -- migrate`, sets it up");
        return 1;
      }
      console.log(
        storage.hasPreviousSecret
          ? "note  the database still belongs to TIKETTI_SECRET_PREVIOUS; `npm run tiketti -- secret rotate` is the next step"
          : "ok    the database belongs to TIKETTI_SECRET",
      );
      const missing = storage.missingMigrations;
      if (missing.length > 0) {
        console.log(`FAIL  migrations: ${missing.join(", ")} missing; npm run tiketti -- migrate applies them`);
        return 1;
      }
      console.log(`ok    migrations: ${(await migrationNames()).length}, all applied`);
      return await checkAsServed(storage, readPlans(config.limitsFile));
    } finally {
      await storage.close();
    }
  },
};

/** Checks the files that settings name. */
function checkFiles({ limitsFile, operationsFiles }: Config): boolean {
  try {
    if (limitsFile !== null) console.log(`ok    limits of the plans ${readPlans(limitsFile).names.join(", ")}`);
    if (operationsFiles.length > 0) {
      const operations = readOperations(operationsFiles);
      refuseFaults(operations, buildSchema());
      console.log(`ok    listed operations: ${operations.size}`);
    }
    return true;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.log(`FAIL  ${error.message}`);
    return false;
  }
}

async function openReadOnly(config: Config): Promise<Storage | null> {
  try {
    return await openStorage(config, { isExclusive: false, upkeep: "none", progress: () => {} });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    console.log(`FAIL  ${error.message}`);
    return null;
  }
}

/** Signed in as the server's role. */
async function checkAsServed(storage: Storage, plans: Plans): Promise<number> {
  const services = openServices(servedBy(storage), createLog({ logLevel: "error" }));
  try {
    const { rows } = await services.database.control.query("select version() as text, current_user as role");
    console.log(`ok    database: ${rows[0].text.split(" on ")[0]}, as ${rows[0].role}`);
    const breaches = await findBreaches(services.database.control);
    for (const breach of breaches) console.log(`FAIL  ${breach}`);
    if (breaches.length === 0) console.log("ok    row security, keys, roles and functions keep organizations apart");
    for (const warning of missingPlans(plans, await services.database.preTenant.organizationPlans()))
      console.log(`note  ${warning}`);
    const hasOrganizations = await services.database.preTenant.hasOrganizations();
    console.log(
      hasOrganizations
        ? "ok    there is at least one organization"
        : "note  there is no organization yet: npm run tiketti -- owner create --help",
    );
    return breaches.length === 0 ? 0 : 1;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (!code) throw error;
    console.log(`FAIL  the server's role can't be used: ${message} (${code})`);
    return 1;
  } finally {
    await services.database.close();
  }
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { connectClient } from "../../src/db/connection.ts";
import { startEmbedded } from "../../src/db/embedded.ts";
import { roleUrl, usualRoles } from "../../src/db/roles.ts";
import { setUpDatabase } from "../../src/db/set-up.ts";
import { ownerRole, templateName, testSecret } from "./constants.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A superuser's connection string, for the database `postgres`. */
    superuserUrl: string;
  }
}

/** One PostgreSQL for the whole run, with a migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-test-"));
  const postgres = await startEmbedded({
    folder,
    // A test's data needn't survive a power cut.
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const superuserUrl = postgres.superuserUrl("postgres");
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(`create role ${ownerRole} login password 'owner'`);
  await client.query(`create database ${templateName} owner ${ownerRole}`);
  await client.end();
  const templateUrl = postgres.superuserUrl(templateName);
  await migrateTemplate(templateUrl);
  // The queue's schema is cloned with the template.
  await runMigrations({
    connectionString: roleUrl(usualRoles.worker, templateUrl, testSecret),
    logger: new Logger(() => () => {}),
  });
  project.provide("superuserUrl", superuserUrl);
  return async () => {
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  };
}

/** The same roles for each clone: they belong to the cluster. */
async function migrateTemplate(templateUrl: string): Promise<void> {
  const admin = await connectClient({ url: templateUrl }, { name: "tests" });
  const ownerUrl = new URL(templateUrl);
  ownerUrl.username = ownerRole;
  ownerUrl.password = "owner";
  await setUpDatabase({ admin, roles: usualRoles, secret: testSecret, ownerRole }, ownerUrl.href);
  await admin.end();
}

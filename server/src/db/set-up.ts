import { connectClient } from "./connection.ts";
import { findMissingMigrations, keepInstallation } from "./installation.ts";
import { applyMigrations } from "./migrate.ts";
import { hasOldKeys, rekey } from "./rekey.ts";
import { ensureRoles, lendGate, letWorkerMakeItsSchema, type RolePlan, takeGateBack } from "./roles.ts";

/**
 * Creates what is missing: roles, tables, and the record of the roles and the secret that they belong to.
 *
 * @returns lines for the operator: the migrations that were applied, and what the operator must check
 */
export async function setUpDatabase(plan: RolePlan, ownerUrl: string): Promise<string[]> {
  const { admin, roles, secret } = plan;
  await ensureRoles(plan);
  await letWorkerMakeItsSchema(plan);
  const isComplete = (await findMissingMigrations(admin)).length === 0;
  let applied: string[] = [];
  try {
    if (!isComplete) await lendGate(plan);
    if (!isComplete) applied = await applyMigrations({ databaseUrl: ownerUrl, roles });
  } finally {
    // Also runs if an earlier start was killed before it could do this, or an earlier release never did it.
    await takeGateBack(plan);
  }
  const clashes = (await hasOldKeys(admin)) ? await rekeyAs(ownerUrl) : [];
  await keepInstallation(admin, roles, secret);
  return [...(applied.length > 0 ? [`migrated the database: ${applied.join(", ")}`] : []), ...clashes];
}

async function rekeyAs(ownerUrl: string): Promise<string[]> {
  const owner = await connectClient({ url: ownerUrl }, { name: "tiketti keys" });
  try {
    return await rekey(owner);
  } finally {
    await owner.end();
  }
}

import { connectClient } from "./connection.ts";
import { findMissingMigrations, keepInstallation } from "./installation.ts";
import { applyMigrations } from "./migrate.ts";
import { hasOldKeys, rekey } from "./rekey.ts";
import { ensureRoles, lendGate, letWorkerMakeItsSchema, type RolePlan, takeGateBack } from "./roles.ts";

/**
 * Roles, tables, and the note of which roles and secret they belong to: whatever of these is missing.
 *
 * @returns what was done, in lines: the migrations that were applied now, and what an operator has to look at
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
    // Also where an earlier start was killed before it could, or an earlier release never did.
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

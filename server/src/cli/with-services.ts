import { builtInGrants, effectiveGrants } from "../access/roles.ts";
import type { Viewer } from "../access/viewer.ts";
import { type Config, readConfig } from "../config.ts";
import { type Context, createContext, type Services } from "../context.ts";
import { Work } from "../db/pool.ts";
import { openStorage, servedBy } from "../db/storage.ts";
import { openServices } from "../services.ts";
import { DomainError, OperatorError } from "../wire/errors.ts";
import { createLog } from "./log.ts";

/** Opens what operations need, for one command on a database that is set up, and closes it afterwards. */
export async function withServices<T>(
  run: (services: Services) => Promise<T>,
  config: Config = readConfig(),
): Promise<T> {
  const storage = await openStorage(config, {
    isExclusive: false,
    upkeep: "check",
    progress: (line) => console.error(line),
  });
  const services = openServices(servedBy(storage), createLog({ logLevel: "error" }));
  try {
    return await run(services);
  } catch (error) {
    if (error instanceof DomainError) throw new OperatorError(error.message, { cause: error });
    throw error;
  } finally {
    await services.database.close();
    await storage.close();
  }
}

/** @throws OperatorError when no organization has the ticket prefix */
export async function findOrganization({ database }: Services, prefix: string): Promise<string> {
  const organizationId = await database.preTenant.findOrganization(prefix.toUpperCase());
  if (!organizationId)
    throw new OperatorError(
      `No organization has the ticket prefix ${prefix.toUpperCase()}. List them with: npm run tiketti -- organization list`,
    );
  return organizationId;
}

/** The operator acts as the system, with an admin's rights, inside one organization. */
export function operatorContext(services: Services, organizationId: string): Context {
  const viewer: Viewer = {
    actor: { kind: "SYSTEM", id: null, name: "System" },
    organizationId,
    timeZone: "UTC",
    roleName: "Admin",
    grants: effectiveGrants(null, builtInGrants("ADMIN")),
    userId: null,
    memberships: [],
  };
  return createContext(services, { requestId: "operator", work: new Work(), viewer });
}

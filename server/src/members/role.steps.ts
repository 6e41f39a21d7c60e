/** Checks and reads of roles inside a transaction; the operation's own permission is checked by the callers. */

import { type BuiltInRole, type Grant, type Grants, type Reach, reaches } from "../access/permissions.ts";
import { effectiveGrants, grantsBeyond } from "../access/roles.ts";
import type { Viewer } from "../access/viewer.ts";
import type { RoleModel as Role } from "../db/index.ts";
import { roleWhere } from "../inputs/member-reference.ts";
import type { RoleRef } from "../inputs/references.ts";
import type { Condition } from "../lib/condition.ts";
import { DomainError } from "../wire/errors.ts";
import { findRow, type Lookup, lockRow } from "../writes/lookup.ts";
import type { Write } from "../writes/write.ts";

export type RoleWithGrants = Role & { grants: { permission: string; reach: string | null }[] };

export const roles: Lookup<RoleRef> = { type: "Role", table: "roles", where: (ref) => roleWhere(ref) as Condition };
const withGrants = { include: { grants: true } };

/** @throws NOT_FOUND */
export const getRole = ({ tx, viewer }: Write, ref: RoleRef): Promise<RoleWithGrants> =>
  findRow(tx, viewer, roles, ref, withGrants);

/** @throws NOT_FOUND */
export const lockRole = (write: Write, ref: RoleRef): Promise<RoleWithGrants> => lockRow(write, roles, ref, withGrants);

export function grantsOfRole({ builtIn, grants }: Pick<RoleWithGrants, "builtIn" | "grants">): Grants {
  return effectiveGrants(builtIn as BuiltInRole | null, grants);
}

/**
 * Refuses to grant what the viewer doesn't hold. `held` is what the receiver already has.
 *
 * @throws FORBIDDEN, naming the excess grants
 */
export function requireGrantable(viewer: Viewer, wanted: Grants, who: string, held: Grants = new Map()): void {
  const beyond = grantsBeyond(wanted, viewer.grants).filter((grant) => !covers(held, grant));
  if (beyond.length === 0) return;
  const list = beyond.map(({ permission, reach }) => (reach ? `${permission} ${reach}` : permission)).join(", ");
  throw new DomainError(
    "FORBIDDEN",
    `${who} can't be given what you don't hold yourself: ${list}. Choose narrower rights, or ask someone who holds them.`,
    { details: { beyond } },
  );
}

function covers(held: Grants, { permission, reach }: Grant): boolean {
  const own = held.get(permission);
  if (own === undefined) return false;
  return reach === null || reaches.indexOf(own as Reach) >= reaches.indexOf(reach);
}

/** @throws BUILT_IN_ROLE */
export function requireCustom(role: Role): void {
  if (role.builtIn === null) return;
  throw new DomainError(
    "BUILT_IN_ROLE",
    `The role ${role.name} is built in and can't be changed; create a custom role with roleCreate instead.`,
  );
}

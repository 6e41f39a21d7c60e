import {
  type BuiltInRole,
  type Grant,
  type Grants,
  isPermission,
  type Permission,
  permissionNames,
  permissions,
  type Reach,
  reaches,
} from "./permissions.ts";

/** Names and descriptions of the four roles that every organization has and nobody can change. */
export const builtInRoleTexts = {
  ADMIN: { name: "Admin", description: "Everything, including the organization's settings and team" },
  MANAGER: { name: "Manager", description: "All tickets, customers, labels, time and reports" },
  AGENT: { name: "Agent", description: "Answers and changes what is theirs or nobody's, takes the rest" },
  VIEWER: { name: "Viewer", description: "Sees everything but money, changes nothing" },
} as const satisfies Record<BuiltInRole, { name: string; description: string }>;

export function builtInGrants(role: BuiltInRole): Grant[] {
  return permissionNames.flatMap((permission) => {
    const value = (permissions[permission].grants as Partial<Record<BuiltInRole, Reach | true>>)[role];
    if (value === undefined) return [];
    return [{ permission, reach: value === true ? null : value }];
  });
}

/** The grants of a role as stored: built-in ones from the table, custom ones from their rows. */
export function effectiveGrants(
  builtIn: BuiltInRole | null,
  stored: readonly { permission: string; reach: string | null }[],
): Grants {
  const list = builtIn ? builtInGrants(builtIn) : stored;
  const map = new Map<Permission, Reach | null>();
  // A permission that this release doesn't know, or a reach that doesn't fit it, grants nothing.
  for (const { permission, reach } of list)
    if (isPermission(permission) && permissions[permission].takesReach === (reach !== null))
      map.set(permission, reach as Reach | null);
  return narrowToView(map);
}

/** No reach is wider than that of ticket.view; without ticket.view no ticket permission is left. */
function narrowToView(grants: Map<Permission, Reach | null>): Grants {
  const view = grants.get("ticket.view");
  for (const [permission, reach] of grants) {
    if (reach === null) continue;
    if (!view) grants.delete(permission);
    else if (reaches.indexOf(reach) > reaches.indexOf(view)) grants.set(permission, view);
  }
  return grants;
}

/** The grants that go beyond what `holder` has; granting is allowed when none do. */
export function grantsBeyond(wanted: Grants, holder: Grants): Grant[] {
  return [...wanted].flatMap(([permission, reach]) => {
    const held = holder.get(permission);
    if (held === undefined) return [{ permission, reach }];
    if (reach === null || held === null) return [];
    return reaches.indexOf(reach) > reaches.indexOf(held) ? [{ permission, reach }] : [];
  });
}

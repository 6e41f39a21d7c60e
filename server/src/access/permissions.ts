/**
 * Who can do and see what, in one table. The built-in roles, the checks, the @access directive, the matrix of
 * docs/permissions.md and the tests' matrix derive from it.
 */

/** The reaches of a ticket permission, from narrow to wide. */
export const reaches = ["ASSIGNED", "AVAILABLE", "ALL"] as const;
export type Reach = (typeof reaches)[number];

export const builtInRoles = ["ADMIN", "MANAGER", "AGENT", "VIEWER"] as const;
export type BuiltInRole = (typeof builtInRoles)[number];

interface PermissionRow {
  group: "Tickets" | "Notes" | "Customers" | "Organizing" | "Time and money" | "Administration";
  description: string;
  /** Whether a grant of it has a reach. */
  takesReach: boolean;
  /** For each built-in role that holds it, the reach, or true if it takes none. */
  grants: Partial<Record<BuiltInRole, Reach | true>>;
}

const everywhere = { ADMIN: "ALL", MANAGER: "ALL", AGENT: "ALL", VIEWER: "ALL" } as const;
const workers = { ADMIN: "ALL", MANAGER: "ALL", AGENT: "ALL" } as const;
const ownWork = { ADMIN: "ALL", MANAGER: "ALL", AGENT: "AVAILABLE" } as const;
const leads = { ADMIN: "ALL", MANAGER: "ALL" } as const;

export const permissions = {
  "ticket.view": {
    group: "Tickets",
    description: "See tickets, their public messages, and the name and e-mail of their contacts",
    takesReach: true,
    grants: everywhere,
  },
  "ticket.create": {
    group: "Tickets",
    description: "Open tickets and receive messages",
    takesReach: false,
    grants: { ADMIN: true, MANAGER: true, AGENT: true },
  },
  "ticket.reply": {
    group: "Tickets",
    description: "Write public replies",
    takesReach: true,
    grants: ownWork,
  },
  "ticket.update": {
    group: "Tickets",
    description: "Change subject, status, priority, contact, company, labels and participants",
    takesReach: true,
    grants: ownWork,
  },
  "ticket.assign": {
    group: "Tickets",
    description: "Assign a ticket to any member, including yourself",
    takesReach: true,
    grants: workers,
  },
  "ticket.delete": {
    group: "Tickets",
    description: "Delete, restore and merge tickets; delete messages",
    takesReach: true,
    grants: leads,
  },
  "note.view": {
    group: "Notes",
    description: "See notes",
    takesReach: false,
    grants: { ADMIN: true, MANAGER: true, AGENT: true, VIEWER: true },
  },
  "note.write": { group: "Notes", description: "Write notes", takesReach: true, grants: workers },
  "contact.view": {
    group: "Customers",
    description: "See all data of contacts and companies, except rates",
    takesReach: false,
    grants: { ADMIN: true, MANAGER: true, AGENT: true, VIEWER: true },
  },
  "contact.manage": {
    group: "Customers",
    description: "Create, change and merge contacts and companies (except rate, currency and prefix)",
    takesReach: false,
    grants: { ADMIN: true, MANAGER: true, AGENT: true },
  },
  "label.manage": {
    group: "Organizing",
    description: "Create, change, merge and delete labels",
    takesReach: false,
    grants: { ADMIN: true, MANAGER: true },
  },
  "view.manage": {
    group: "Organizing",
    description: "Manage shared views (your own need no permission); views are not available yet",
    takesReach: false,
    grants: { ADMIN: true, MANAGER: true },
  },
  "time.log": {
    group: "Time and money",
    description: "Log your own time and run a timer",
    takesReach: true,
    grants: workers,
  },
  "time.manage": {
    group: "Time and money",
    description: "Manage rates, currencies, invoicing and other members' time entries",
    takesReach: true,
    grants: leads,
  },
  "report.view": {
    group: "Time and money",
    description: "See rates, reports, money totals and exports of everyone's time (without it, of your own time)",
    takesReach: false,
    grants: { ADMIN: true, MANAGER: true },
  },
  "mailbox.manage": {
    group: "Administration",
    description: "Manage mailboxes, which are not available yet",
    takesReach: false,
    grants: { ADMIN: true },
  },
  "team.manage": {
    group: "Administration",
    description: "Manage members, invitations and roles",
    takesReach: false,
    grants: { ADMIN: true },
  },
  "organization.manage": {
    group: "Administration",
    description: "Change settings and ticket prefixes",
    takesReach: false,
    grants: { ADMIN: true },
  },
  "integration.manage": {
    group: "Administration",
    description: "Manage API keys; later also webhooks and the audit log",
    takesReach: false,
    grants: { ADMIN: true },
  },
} as const satisfies Record<string, PermissionRow>;

export type Permission = keyof typeof permissions;
/** Rates and amounts are visible with one of these; amounts of the viewer's own time need none. */
export const moneyPermissions = ["report.view", "time.manage", "team.manage"] as const satisfies Permission[];

export const permissionNames = Object.keys(permissions) as Permission[];

/** A permission and, for ticket permissions, its reach (null for the others). */
export interface Grant {
  permission: Permission;
  reach: Reach | null;
}

/** A set of grants in the form that checks use: a permission missing from the map isn't held. */
export type Grants = ReadonlyMap<Permission, Reach | null>;

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text);
}

/** `ticket.view` as an enum value: TICKET_VIEW. */
export function permissionEnumValue(permission: Permission): string {
  return permission.replace(".", "_").toUpperCase();
}

function proveTable(): void {
  for (const [name, row] of Object.entries(permissions) as [Permission, PermissionRow][]) {
    if (row.description === "") throw new Error(`Permission ${name} has no description.`);
    for (const [role, value] of Object.entries(row.grants)) {
      if ((value === true) === row.takesReach)
        throw new Error(`Permission ${name} of ${role}: a reach must be given exactly where it takes one.`);
    }
  }
}
proveTable();

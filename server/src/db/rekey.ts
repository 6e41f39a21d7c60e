/**
 * Rebuilds the stored keys after a release changed their form: once for each version, while the migrations' lock keeps
 * others out. The server makes keys (lib/key.ts), never SQL, whose case folding depends on the cluster.
 */
import type pg from "pg";
import { nameColumns } from "../lib/key.ts";
import { addressKey, addressSearchKey, domainKey, domainSearchKey, parseAddress } from "../lib/mail-address.ts";

/** Increase this with every change to how keys are made. */
export const keyVersion = 1;

interface Keyed {
  table: string;
  /** The columns that identify its rows, with their types. */
  id: Record<string, string>;
  from: string;
  keys(value: string): Record<string, string>;
  /** A condition on the row `t` and its new values `v`. */
  only?: string;
}

const ofOrganization = { organization_id: "uuid", id: "uuid" };
const named = { id: ofOrganization, from: "name", keys: keysOfName };
const mailed = {
  id: ofOrganization,
  from: "email",
  keys: (email: string) => ({ email: shown(email), email_key: addressKey(email) }),
};

const addresses: Keyed = {
  table: "contact_addresses",
  id: { organization_id: "uuid", address_key: "text" },
  from: "address",
  keys: (address) => ({
    address: shown(address),
    address_key: addressKey(address),
    search_key: addressSearchKey(address),
  }),
};

export const keyed: readonly Keyed[] = [
  { table: "roles", ...named },
  { table: "members", ...named },
  { table: "members", ...mailed },
  { table: "invitations", ...mailed },
  { table: "users", ...mailed, id: { id: "uuid" } },
  { table: "companies", ...named },
  { table: "labels", ...named },
  { table: "contacts", ...named },
  addresses,
  {
    table: "contacts",
    ...mailed,
    // The primary address is one of the contact's addresses. It keeps its key if another contact has the new one.
    only: `exists (select from contact_addresses a where a.organization_id = t.organization_id and a.contact_id = t.id
      and a.address_key = v.new_email_key)`,
  },
  {
    table: "company_domains",
    id: { organization_id: "uuid", domain: "text" },
    from: "domain",
    keys: (domain) => ({ domain: domainKey(domain), search_key: domainSearchKey(domain) }),
  },
  {
    table: "message_addresses",
    id: { organization_id: "uuid", message_id: "uuid", kind: "text", position: "int" },
    from: "address",
    keys: (address) => ({ address: shown(address), address_key: addressKey(address) }),
  },
  {
    table: "contact_former",
    id: { organization_id: "uuid", contact_id: "uuid", kind: "text", value: "text" },
    from: "value",
    keys: (value) => ({ value: addressKey(value) }),
    only: "t.kind = 'ADDRESS'",
  },
];

/** Also true for a database that records nothing about itself yet. */
export async function hasOldKeys(admin: pg.Client): Promise<boolean> {
  const { rows } = await admin.query<{ key_version: number }>("select key_version from tiketti.installation");
  return !rows[0] || rows[0].key_version < keyVersion;
}

/**
 * @returns lines for the operator: values of two rows in an organization that used to differ and are the same now. The
 *   second row keeps its old key, and can be found by its id.
 */
export async function rekey(owner: pg.Client): Promise<string[]> {
  const clashes: string[] = [];
  const tables = ["organizations", ...new Set(keyed.map(({ table }) => table))].filter((table) => table !== "users");
  await owner.query("begin");
  // The owner sees no row of a tenant while row security is forced.
  for (const table of tables) await owner.query(`alter table ${table} no force row level security`);
  for (const one of keyed) clashes.push(...(await rekeyTable(owner, one)));
  // A table whose checks are deferred to the commit can't be altered.
  await owner.query("set constraints all immediate");
  for (const table of tables) await owner.query(`alter table ${table} force row level security`);
  await owner.query("update tiketti.installation set key_version = $1", [keyVersion]);
  await owner.query("commit");
  return clashes;
}

const batchSize = 2_000;

async function rekeyTable(owner: pg.Client, one: Keyed): Promise<string[]> {
  const { table, id, from, keys } = one;
  const columns = Object.keys(keys(""));
  const stored = [...new Set([...Object.keys(id), from, ...columns])];
  const clashes: string[] = [];
  await owner.query(
    `declare stored no scroll cursor for select ${stored.map((column) => `${column}::text`).join(", ")} from ${table} where ${from} is not null`,
  );
  for (;;) {
    const { rows } = await owner.query<Record<string, string>>(`fetch ${batchSize} from stored`);
    if (rows.length === 0) break;
    const changing = rows
      .map((before) => ({ before, after: keys(before[from] as string) }))
      .filter(({ before, after }) => columns.some((column) => before[column] !== after[column]));
    if (changing.length === 0 || (await update(owner, one, changing))) continue;
    for (const row of changing)
      if (!(await update(owner, one, [row]))) clashes.push(await describe(owner, one, row.before));
  }
  await owner.query("close stored");
  return clashes;
}

interface Changing {
  before: Record<string, string>;
  after: Record<string, string>;
}

/** False, with nothing changed, when another row has one of the keys. */
async function update(owner: pg.Client, { table, id, only }: Keyed, rows: Changing[]): Promise<boolean> {
  const columns = Object.keys(rows[0]?.after ?? {});
  const lists = [
    ...Object.keys(id).map((column) => rows.map(({ before }) => before[column])),
    ...columns.map((column) => rows.map(({ after }) => after[column])),
  ];
  const types = [...Object.values(id), ...columns.map(() => "text")];
  const names = [...Object.keys(id).map((column) => `old_${column}`), ...columns.map((column) => `new_${column}`)];
  await owner.query("savepoint batch");
  try {
    await owner.query(
      `update ${table} t set ${columns.map((column) => `${column} = v.new_${column}`).join(", ")}
       from unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(", ")}) v(${names.join(", ")})
       where ${Object.keys(id)
         .map((column) => `t.${column} = v.old_${column}`)
         .join(" and ")} and ${only ?? "true"}`,
      lists,
    );
    await owner.query("release savepoint batch");
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== uniqueViolation) throw error;
    await owner.query("rollback to savepoint batch");
    return false;
  }
}

const uniqueViolation = "23505";

const wayOut: Record<string, string> = {
  contact_addresses: "merge the two contacts",
  company_domains: "merge the two companies",
  labels: "merge the two labels, by their ids",
  roles: "rename one of the two roles, by its id",
  users: "only the first of the two logins can sign in",
};

async function describe(owner: pg.Client, { table, from }: Keyed, row: Record<string, string>): Promise<string> {
  const { rows } = await owner.query<{ prefix: string }>(
    "select ticket_prefix as prefix from organizations where id = $1",
    [row.organization_id ?? null],
  );
  const whose = rows[0]
    ? ` of ${rows[0].prefix}`
    : row.organization_id
      ? ` of the organization ${row.organization_id}`
      : "";
  const what = `${table.replaceAll("_", " ")}${whose}: ${JSON.stringify(row[from])}`;
  return `${what} is now the same as another one; ${wayOut[table] ?? "change one of the two"}.`;
}

function keysOfName(name: string): Record<string, string> {
  const { nameKey, searchKey } = nameColumns(name);
  return { name_key: nameKey, search_key: searchKey };
}

/** An address as people see it; an old one that is no longer valid stays unchanged. */
function shown(address: string): string {
  return parseAddress(address)?.shown ?? address;
}

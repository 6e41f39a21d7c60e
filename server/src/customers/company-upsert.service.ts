import { z } from "zod";
import { can } from "../access/viewer.ts";
import { visibleCompanies } from "../access/visibility.ts";
import { packUpserts, type Upserted } from "../inputs/outcome.ts";
import { holdsRightsOf, requireRightsOf } from "../inputs/rights.ts";
import { shownDomain } from "../lib/mail-address.ts";
import { operation } from "../operations/operation.ts";
import { upsertRows, upsertRowsInput } from "../operations/upsert-rows.ts";
import { DomainError, invalid } from "../wire/errors.ts";
import { lockNames } from "../writes/lock.ts";
import type { Write } from "../writes/write.ts";
import { findCompanyOnceCalled } from "./company.former.steps.ts";
import { companyUpdateInput, companyUpsertInput } from "./company.input.ts";
import { hasFields, insertCompany, lockCompany, updateCompany } from "./company.steps.ts";

type UpsertInput = z.output<typeof companyUpsertInput>;

const errors = ["NOT_FOUND", "ALREADY_EXISTS", "DOMAIN_TAKEN", "PUBLIC_DOMAIN"] as const;

export const companyUpsert = operation({
  permission: "contact.manage",
  errors,
  input: z.object({
    input: companyUpsertInput.describe("The company to create or update."),
  }),
  async run(write, { input }) {
    await holdKeys(write, [input]);
    return { ids: { results: packUpserts([await upsert(write, input, ["input"])]) } };
  },
});

export const companiesUpsert = operation({
  permission: "contact.manage",
  errors,
  input: upsertRowsInput("companies", companyUpsertInput),
  run: (write, input) => upsertRows(write, input, { type: companyUpsertInput, hold: holdKeys, findUnchanged, upsert }),
});

/** Locks all keys at once and sorted: two lists of the same companies wait for each other without a deadlock. */
async function holdKeys(write: Write, inputs: readonly UpsertInput[]): Promise<void> {
  await lockNames(
    write,
    inputs.flatMap(({ domains, externalId }) => [
      ...(domains ?? []).map((domain) => `domain ${domain}`),
      ...(externalId ? [`company ${externalId}`] : []),
    ]),
  );
}

/**
 * Companies that need no change, by their index in the input, found in one statement for all. Whatever isn't
 * clearly the same is left to `upsert`.
 */
async function findUnchanged({ tx, viewer }: Write, inputs: readonly UpsertInput[]): Promise<Map<number, string>> {
  // A viewer who can't see companies must not learn their content from UNCHANGED; `upsert` checks that one by one.
  if (!can(viewer, "contact.view")) return new Map();
  const companies = await tx.company.findMany({
    where: {
      AND: [visibleCompanies(viewer)],
      OR: [
        { externalId: { in: inputs.flatMap((input) => input.externalId ?? []) } },
        { domains: { some: { domain: { in: inputs.flatMap((input) => input.domains ?? []) } } } },
      ],
    },
    include: { domains: { select: { domain: true } } },
  });
  const owners = inputs.map(({ externalId, domains = [] }) =>
    companies.filter(
      (company) =>
        (externalId && company.externalId === externalId) ||
        company.domains.some(({ domain }) => (domains ?? []).includes(domain)),
    ),
  );
  const times = Map.groupBy(owners.flat(), ({ id }) => id);
  const unchanged = new Map<number, string>();
  for (const [index, input] of inputs.entries()) {
    const { domains, name, ...fields } = input;
    const [company, ...more] = owners[index] ?? [];
    if (!company || more.length > 0 || times.get(company.id)?.length !== 1) continue;
    // `upsert` refuses it, so that the error concerns its own row only.
    if (!holdsRightsOf(viewer, companyUpdateInput, fields)) continue;
    const own = company.domains.map(({ domain }) => domain);
    const isSame = (domains ?? []).every((domain) => own.includes(domain)) && (!name || name === company.name);
    if (isSame && company.archivedAt === null && hasFields(company, fields)) unchanged.set(index, company.id);
  }
  return unchanged;
}

/** Finds by externalId first, else by any domain. @throws ALREADY_EXISTS when they find several companies */
async function upsert(write: Write, input: UpsertInput, path: (string | number)[]): Promise<Upserted> {
  const { tx, viewer } = write;
  const { domains, name, ...fields } = input;
  requireRightsOf(viewer, companyUpdateInput, fields);
  const { externalId } = input;
  const own = externalId ? await tx.company.findFirst({ where: { externalId }, select: { id: true } }) : null;
  const keptId = externalId && !own ? await findCompanyOnceCalled(tx, externalId) : null;
  const found = await tx.company.findMany({
    where: {
      OR: [
        { id: { in: [own?.id ?? [], keptId ?? []].flat() } },
        { domains: { some: { domain: { in: domains ?? [] } } } },
      ],
    },
    select: { id: true, name: true, externalId: true },
    take: 2,
  });
  if (found.length > 1) {
    const message = `The externalId and the domains belong to several companies${can(viewer, "contact.view") ? ` (${found.map((one) => one.name).join(", ")})` : ""}; merge them, or correct the values.`;
    throw new DomainError("ALREADY_EXISTS", message, { issues: [{ path, message, code: "ALREADY_EXISTS" }] });
  }
  const [first] = found;
  // A domain of a company with another externalId belongs to somebody else, as an address does.
  if (first && externalId && first.id !== (own?.id ?? keptId) && first.externalId !== null) {
    const seen = can(viewer, "contact.view") ? ` "${first.name}", which has the externalId "${first.externalId}"` : "";
    const message = `One of the domains belongs to another company${seen}, and no company has the externalId "${externalId}"; use that company's externalId, or other domains.`;
    throw new DomainError("ALREADY_EXISTS", message, {
      issues: [{ path, message, code: "ALREADY_EXISTS" }],
      ...(seen ? { details: { companyId: first.id } } : {}),
    });
  }
  if (!first) {
    const given = name ?? (domains?.[0] && shownDomain(domains[0]));
    if (!given) throw invalid([...path, "name"], "A new company needs a name.", "REQUIRED");
    return { id: await insertCompany(write, { ...fields, name: given, domains: domains ?? [] }), outcome: "CREATED" };
  }
  const company = await lockCompany(write, { id: first.id });
  // Merged between finding and locking: the company that was found has become another one.
  if (company.id !== first.id || company.externalId !== first.externalId)
    throw new DomainError("CONFLICT", "This company is being merged by another request right now; try again.", {
      isRetryable: true,
      retryAfterMs: 500,
    });
  const isChanged = await updateCompany(write, company, {
    ...fields,
    // The externalId of a merged company keeps finding this one, in addition to its own.
    ...(keptId === null ? {} : { externalId: undefined }),
    ...(name ? { name } : {}),
    addDomains: domains,
  });
  return { id: company.id, outcome: isChanged ? "UPDATED" : "UNCHANGED" };
}

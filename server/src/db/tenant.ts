/**
 * The client bound to one organization: it adds the organization to every query and refuses a query that
 * names another one. This is the second wall, between the services' own scoping and row security.
 */
import DataLoader from "dataloader";
import { notFound } from "../wire/errors.ts";
import type { PrismaClient } from "./_generated/client/client.ts";
import { currentWork, runInOrganization } from "./pool.ts";

export type TenantClient = Omit<PrismaClient, "$connect" | "$disconnect" | "$transaction" | "$extends" | "$on">;

interface BindOptions {
  /** False only in tests that prove the other walls. */
  isScoping: boolean;
  /** Batches `findUnique` calls of one tick; off inside transactions. */
  isBatching: boolean;
}

type Args = Record<string, unknown> & { where?: Record<string, unknown>; data?: unknown };

export function bindToOrganization(
  client: PrismaClient,
  organizationId: string,
  { isScoping, isBatching }: BindOptions,
): PrismaClient {
  if (!organizationId) throw new Error("A tenant client needs an organization.");
  const batches = new UniqueBatches(organizationId);
  const bound = client.$extends({
    query: {
      $allOperations({ model, operation, args, query }) {
        const scoped = model && isScoping ? scope(model, operation, args as Args, organizationId) : args;
        const where = (scoped as Args).where;
        if (isBatching && model && operation.startsWith("findUnique") && where?.organizationId_id)
          return batches.find(bound, model, operation, scoped as Args);
        return runInOrganization(organizationId, async () => await query(scoped));
      },
    },
  }) as unknown as PrismaClient;
  return bound;
}

const filtered = new Set([
  "findMany",
  "findFirst",
  "findFirstOrThrow",
  "count",
  "aggregate",
  "groupBy",
  "updateMany",
  "updateManyAndReturn",
  "deleteMany",
]);
const unique = new Set(["findUnique", "findUniqueOrThrow", "update", "delete", "upsert"]);
const creating = new Set(["create", "createMany", "createManyAndReturn"]);

function scope(model: string, operation: string, args: Args, organizationId: string): Args {
  const column = model === "Organization" ? "id" : "organizationId";
  if (filtered.has(operation)) return { ...args, where: { AND: [args.where ?? {}, { [column]: organizationId }] } };
  if (creating.has(operation)) return { ...args, data: own(args.data, column, organizationId) };
  if (!unique.has(operation)) throw new Error(`${model}.${operation} has no rule for its tenant.`);
  const where = args.where as Record<string, unknown>;
  const and = ([] as unknown[]).concat(where.AND ?? []);
  const scoped: Args = { ...args, where: { ...where, AND: [...and, { [column]: organizationId }] } };
  return operation === "upsert" ? { ...scoped, create: own(args.create, column, organizationId) } : scoped;
}

function own(data: unknown, column: string, organizationId: string): unknown {
  if (Array.isArray(data)) return data.map((row) => own(row, column, organizationId));
  const row = data as Record<string, unknown>;
  if (row[column] !== undefined && row[column] !== organizationId)
    throw new Error("A row of another organization can't be written through this client.");
  return { ...row, [column]: organizationId };
}

/**
 * Prisma batches `findUnique` calls of one tick across requests, and so across organizations, on the
 * connection of the first request. Here each request has its own batches, one `findMany` per selection,
 * so that Pothos's reloads stay one statement a list. A batch shared between requests would also be cancelled
 * with the first of them.
 */
class UniqueBatches {
  readonly #organizationId: string;
  readonly #loaders = new WeakMap<object, Map<string, DataLoader<string, Record<string, unknown> | null>>>();

  constructor(organizationId: string) {
    this.#organizationId = organizationId;
  }

  async find(client: PrismaClient, model: string, operation: string, args: Args): Promise<unknown> {
    const { organizationId_id: key, ...further } = args.where as Record<string, unknown> & {
      organizationId_id: { organizationId: string; id: string };
    };
    if (key.organizationId !== this.#organizationId) return missing(model, operation);
    const { where: _, ...selection } = args;
    const row = await this.#loader(client, model, selection, further).load(key.id);
    return row ?? missing(model, operation);
  }

  #loader(client: PrismaClient, model: string, selection: object, further: object) {
    const name = `${model} ${JSON.stringify([selection, further])}`;
    const request = currentWork() ?? this;
    const loaders = this.#loaders.get(request) ?? new Map();
    this.#loaders.set(request, loaders);
    const known = loaders.get(name);
    if (known) return known;
    const loader = new DataLoader<string, Record<string, unknown> | null>(
      async (ids) => {
        // One loader for each batch: what isn't asked for again doesn't stay in memory.
        loaders.delete(name);
        const delegate = client[(model.charAt(0).toLowerCase() + model.slice(1)) as "ticket"] as unknown as {
          findMany(args: object): Promise<Record<string, unknown>[]>;
        };
        const rows = await delegate.findMany({
          ...withId(selection),
          where: { AND: [further, { id: { in: [...new Set(ids)] } }] },
        });
        const byId = new Map(rows.map((row) => [row.id as string, row]));
        return ids.map((id) => byId.get(id) ?? null);
      },
      { cache: false },
    );
    loaders.set(name, loader);
    return loader;
  }
}

function withId(selection: object): object {
  const { select } = selection as { select?: object };
  return select ? { ...selection, select: { ...select, id: true } } : selection;
}

function missing(model: string, operation: string): null {
  if (operation === "findUnique") return null;
  throw notFound(`This ${model.toLowerCase()}`);
}

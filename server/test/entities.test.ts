/** What the entity tables promise: nothing is said twice, and what no table names shows nowhere. */
import { getNamedType, isInputObjectType, isObjectType } from "graphql";
import { afterEach, describe, expect, it } from "vitest";
import { type Permission, permissionEnumValue, permissionNames } from "../src/access/permissions.ts";
import { effectiveGrants } from "../src/access/roles.ts";
import type { Viewer } from "../src/access/viewer.ts";
import { visibleOf } from "../src/access/visibility.ts";
import type { Change } from "../src/changes/change.ts";
import { fieldChanges } from "../src/changes/change.values.ts";
import { companyEntity } from "../src/customers/company.entity.ts";
import { getDatamodel } from "../src/db/_generated/pothos-types.ts";
import { keyed } from "../src/db/rekey.ts";
import { allEntities, type Entity, plural } from "../src/entities/entity.ts";
import { columnOf } from "../src/entities/field.ts";
import { imageOf } from "../src/entities/image.ts";
import { newUuid } from "../src/lib/uuid.ts";
import { buildSchema } from "../src/schema.ts";

const schema = buildSchema();
const models = getDatamodel().datamodel.models as unknown as Record<
  string,
  { fields: { name: string; kind: string }[] }
>;
const columnsOf = (model: string) =>
  (models[model]?.fields ?? []).filter(({ kind }) => kind !== "object").map(({ name }) => name);

/** Tables that are no entity, each with the reason. */
const without: Record<string, string> = {
  Change: "the change log itself",
  ChangeHead: "the change log's counter",
  CompanyDomain: "a company's domains, which its change images hold as a list",
  CompanyFormer: "what merged companies are still found by",
  ContactAddress: "a contact's addresses, which its change images hold as a list",
  ContactFormer: "what merged contacts are still found by",
  IdempotencyKey: "answers that are kept for a repeated request",
  MessageAddress: "who a message is from and to; erased with people, and never in a change image",
  RoleGrant: "a role's grants, which its change images hold as a list",
  Task: "the rest of large writes",
  TicketCounter: "the last number of each prefix",
  TicketLabel: "which labels a ticket has, in its change images as ids",
  TicketParticipant: "who gets a ticket's replies, in its change images as ids",
  TypedContact: "what was typed of contacts that the writer couldn't see",
};

describe("the entity tables", () => {
  it("and the list of other tables name every model once", () => {
    const named = [...allEntities().map(({ name }) => name as string), ...Object.keys(without)];
    expect(named.toSorted()).toEqual(Object.keys(models).toSorted());
  });

  it.each(allEntities().map((entity) => [entity.name, entity] as const))(
    "of %s name every column of its model, and no other",
    (name, { columns }) => {
      const own =
        name === "Organization" ? [...columns.keys()].filter((one) => one !== "organizationId") : columns.keys();
      expect([...own].toSorted()).toEqual(columnsOf(name).toSorted());
    },
  );

  it("have the rights that @access prints, field by field", () => {
    const printed = allEntities().flatMap(({ name }) => {
      const type = schema.getType(name);
      if (!isObjectType(type)) throw new Error(`There is no type ${name}.`);
      return Object.values(type.getFields()).flatMap(({ name: field, extensions }) => {
        const access = (extensions.directives as { access?: { permission: string[] } } | undefined)?.access;
        return access ? [`${name}.${field} ${access.permission.join(" ")}`] : [];
      });
    });
    const said = allEntities().flatMap(({ name, fields, extras = {} }) => {
      const type = schema.getType(name);
      const shown = isObjectType(type) ? type.getFields() : {};
      const rights = [
        ...Object.entries(fields).map(([field, { options }]) => [field, options.read] as const),
        ...Object.values(extras).map(({ field, read }) => [field, read] as const),
      ];
      return rights.flatMap(([field, read]) =>
        read && shown[field]
          ? [
              `${name}.${field} ${[read]
                .flat()
                .map((one) => permissionEnumValue(one as Permission))
                .join(" ")}`,
            ]
          : [],
      );
    });
    // Computed from several rows or columns, with rights that stand where they are computed.
    const computed = [
      "ApiKey.needsReview INTEGRATION_MANAGE",
      "Company.contacts CONTACT_VIEW",
      "Contact.otherEmails CONTACT_VIEW",
      "Organization.invitations TEAM_MANAGE",
    ];
    expect(printed.toSorted()).toEqual([...said, ...computed].toSorted());
  });

  it("have an owner where what a viewer sees depends on who they are, and not on their permissions alone", () => {
    for (const { name, ownedBy } of allEntities()) {
      const conditions = [1, 2].map(() => {
        const viewer = viewerWith(permissionNames.filter((one) => !["integration.manage"].includes(one)));
        return JSON.stringify(visibleOf[name]({ ...viewer, organizationId: "one" }));
      });
      if (!ownedBy) expect(conditions[0], name).toBe(conditions[1]);
    }
  });

  it("with names or addresses have them in the list of stored keys, which are made again when their form changes", () => {
    const missing = allEntities().flatMap(({ name, fields }) =>
      Object.values(fields).flatMap(({ kind }) => {
        const column = kind.keys?.[0] === "nameKey" ? "name" : kind.keys?.[0] === "emailKey" ? "email" : null;
        const table = `${plural(name).replaceAll(" ", "_")}`;
        return column && !keyed.some((one) => one.table === table && one.from === column) ? [`${table}.${column}`] : [];
      }),
    );
    expect(missing).toEqual([]);
  });

  it("are loaded by one file", async () => {
    const { globSync, readFileSync } = await import("node:fs");
    const src = `${import.meta.dirname}/../src`;
    const loaded = readFileSync(`${src}/entity-tables.ts`, "utf8");
    for (const file of globSync("**/*.entity.ts", { cwd: src })) expect(loaded).toContain(`"./${file}"`);
  });
});

describe("inputs", () => {
  it("of mutations are the rules of their operations: no argument or field that only one side knows", () => {
    // Every input type of a mutation is made of an operation's rules; the others of the schema are filters and orders.
    const reached = new Set<string>();
    const visit = (type: unknown) => {
      const named = getNamedType(type as never);
      if (!isInputObjectType(named) || reached.has(named.name)) return;
      reached.add(named.name);
      for (const field of Object.values(named.getFields())) visit(field.type);
    };
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {}))
      for (const arg of field.args) visit(arg.type);
    const byHand = [...reached].filter((name) => {
      const type = schema.getType(name);
      return isInputObjectType(type) && !type.extensions.isDerived && !/Filter$/.test(name);
    });
    expect(reached.size).toBeGreaterThan(40);
    expect(byHand).toEqual([]);
  });
});

const everything = (entity: Entity, value: (column: string) => unknown) =>
  Object.fromEntries([...entity.columns.keys(), ...Object.keys(entity.extras ?? {})].map((one) => [one, value(one)]));

function changeOf({ subject }: Entity, before: object, after: object): Change {
  return {
    ...{ organizationId: newUuid(), number: 1, occurredAt: new Date(), kinds: [], actorKind: "SYSTEM", actorId: null },
    ...{ subjectType: subject as Change["subjectType"], subjectId: newUuid(), ticketId: null, needsNoteView: false },
    before: before as Change["before"],
    after: after as Change["after"],
  };
}

function viewerWith(permissions: readonly Permission[]): Viewer {
  const grants = permissions.map((permission) => ({ permission, reach: "ALL" }));
  return {
    actor: { kind: "MEMBER", id: newUuid(), name: "Ada" },
    ...{ organizationId: newUuid(), timeZone: "UTC", roleName: "Some", userId: null, memberships: [] },
    grants: new Map([...effectiveGrants(null, grants), ...permissions.map((one) => [one, "ALL"] as const)]),
  } as Viewer;
}

/** Columns with values that have changed, as an image holds them. */
function images(entity: Entity): [Record<string, unknown>, Record<string, unknown>] {
  const made = (entity: Entity, suffix: number) => (column: string) => {
    const type = entity.columns.get(column)?.field?.kind.type ?? entity.extras?.[column]?.type;
    if (type) return column.endsWith("Ids") ? [newUuid()] : newUuid();
    return entity.columns.get(column)?.field?.kind.fromImage ? suffix : `${column} ${suffix}`;
  };
  return [everything(entity, made(entity, 1)), everything(entity, made(entity, 2))];
}

describe("the change log", () => {
  it.each(allEntities().map((entity) => [entity.name, entity] as const))(
    "keeps every column of %s but those that its table keeps out by name",
    (_name, entity) => {
      const row = everything(entity, () => null);
      const kept = Object.keys(imageOf(entity, row)).toSorted();
      const logged = Object.entries(entity.fields)
        .filter(([, { options }]) => options.isLogged !== false)
        .map(([field, one]) => columnOf(field, one));
      expect(kept).toEqual([...logged, ...Object.keys(entity.extras ?? {})].toSorted());
      expect(() => imageOf(entity, { ...row, noSuchColumn: null })).toThrow(/names no column noSuchColumn/);
    },
  );

  it.each(allEntities().map((entity) => [entity.name, entity] as const))(
    "tells every field of %s to who holds its right, and to nobody else",
    (_name, entity) => {
      const change = changeOf(entity, ...images(entity));
      const told = (without: readonly Permission[]) =>
        fieldChanges(viewerWith(permissionNames.filter((one) => !without.includes(one))), change).map(
          ({ field }) => field,
        );
      const all = told([]);
      for (const [field, { kind, options }] of Object.entries(entity.fields)) {
        if (options.isLogged === false || ["version", "updatedAt"].includes(field)) continue;
        const name = kind.type ? field : columnOf(field, { kind, options });
        expect(all, field).toContain(name);
        if (options.read) expect(told([options.read].flat() as Permission[]), field).not.toContain(name);
      }
    },
  );

  it("tells nobody of a column that no table names", () => {
    const change = changeOf(companyEntity, { name: "A", secret: 1 }, { name: "B", secret: 2 });
    expect(fieldChanges(viewerWith(permissionNames), change)).toEqual([{ field: "name", before: "A", after: "B" }]);
  });

  describe("when a field gets a right of its own", () => {
    const options = companyEntity.fields.notes.options as { read?: Permission };
    const before = options.read;
    afterEach(() => {
      options.read = before as Permission;
    });

    it("hides it from who lacks that right, without another word said anywhere", () => {
      const change = changeOf(companyEntity, { notes: "a" }, { notes: "b" });
      const agent = viewerWith(permissionNames.filter((one) => one !== "report.view"));
      expect(fieldChanges(agent, change)).toHaveLength(1);
      options.read = "report.view";
      expect(fieldChanges(agent, change)).toEqual([]);
      expect(fieldChanges(viewerWith(permissionNames), change)).toHaveLength(1);
    });
  });
});

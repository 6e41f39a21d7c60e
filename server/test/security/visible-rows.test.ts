/** Visibility is one condition: what the database makes of it, what SQL of ours makes of it, and what `holds` does. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reaches } from "../../src/access/permissions.ts";
import { effectiveGrants } from "../../src/access/roles.ts";
import type { Viewer } from "../../src/access/viewer.ts";
import { visibleOf } from "../../src/access/visibility.ts";
import { conditionToSql } from "../../src/db/condition-sql.ts";
import { Prisma, type TenantClient } from "../../src/db/index.ts";
import { type Condition, holds } from "../../src/lib/condition.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import type { OrganizationWorld, Person } from "../testkit/world.ts";

let test: TestServer;
let acme: OrganizationWorld;
let ada: Person;
let db: TenantClient;

beforeAll(async () => {
  test = await startTestServer();
  acme = await test.world.organization("Acme");
  ada = await acme.member("Admin");
  const bob = await acme.member("Agent");
  for (const assignee of [ada, bob, null])
    for (const isDeleted of [false, true]) {
      const ticket = await acme.ticket(assignee ? { assignee } : {});
      await ada.client.get(
        `mutation ($ticket: TicketRef!) { timeEntryCreate(ticket: $ticket, input: {duration: "5m"}) { timeEntry { id } } }`,
        { ticket: { code: ticket.code } },
      );
      if (isDeleted)
        await ada.client.get("mutation ($t: TicketRef!) { ticketDelete(ticket: $t) { isChanged } }", {
          t: { code: ticket.code },
        });
    }
  db = test.server.services.database.for(acme.organizationId);
});
afterAll(() => test.close());

function viewers(): [string, Viewer][] {
  const base = {
    organizationId: acme.organizationId,
    timeZone: "UTC",
    roleName: "Some",
    userId: null,
    memberships: [],
  };
  return [null, ...reaches].flatMap((reach): [string, Viewer][] => {
    const grants = effectiveGrants(null, reach ? [{ permission: "ticket.view", reach }] : []);
    return [
      [`a member with ${reach}`, { ...base, grants, actor: { kind: "MEMBER", id: ada.uuid, name: "Ada" } }],
      [`a key with ${reach}`, { ...base, grants, actor: { kind: "API_KEY", id: acme.organizationId, name: "Key" } }],
    ];
  });
}

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted();

describe("what a viewer sees", () => {
  it("of tickets is the same in a list, in a statement and of a row at hand", async () => {
    const all = await db.ticket.findMany();
    expect(all).toHaveLength(6);
    const counts = new Set<number>();
    for (const [who, viewer] of viewers()) {
      const where = visibleOf.Ticket(viewer);
      const listed = ids(await db.ticket.findMany({ where }));
      const selected = ids(
        await db.$queryRaw<{ id: string }[]>(
          Prisma.sql`select t.id from tickets t where t.organization_id = ${acme.organizationId}::uuid and ${conditionToSql("Ticket", where, "t")}`,
        ),
      );
      expect(selected, who).toEqual(listed);
      expect(ids(all.filter((row) => holds(where, row as Condition))), who).toEqual(listed);
      counts.add(listed.length);
    }
    expect([...counts].toSorted()).toEqual([0, 1, 2, 3]);
  });

  it("of time entries is the same, with the ticket that each is on as it is now", async () => {
    const all = await db.timeEntry.findMany({ include: { ticket: true } });
    expect(all).toHaveLength(6);
    for (const [who, viewer] of viewers()) {
      const where = visibleOf.TimeEntry(viewer);
      const listed = ids(await db.timeEntry.findMany({ where }));
      expect(ids(all.filter((row) => holds(where, row as unknown as Condition))), who).toEqual(listed);
    }
  });
});

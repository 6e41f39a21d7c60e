/** Live updates over sockets and over server-sent events. */
import { createTiketti } from "@tiketti/sdk";
import { describe, expect, inject, it } from "vitest";

const { url, apiKey, password } = inject("server");
const tiketti = createTiketti({ url, apiKey });

async function newTicket(subject: string) {
  const { ticket } = await tiketti.tickets.create({
    subject,
    contact: { person: { name: "Live", email: "live@example.com" } },
  });
  if (!ticket) throw new Error("no ticket");
  return ticket;
}

/** Mara, who is an admin somewhere. */
async function newAdmin() {
  const session = await createTiketti({ url }).sessions.signIn({ email: "mara@nordlicht.test", password });
  const { organizationId } = session.memberships.find(({ roleName }) => roleName === "Admin") as {
    organizationId: string;
  };
  return createTiketti({ url, accessToken: session.accessToken, organizationId });
}

describe.each(["websocket", "sse"] as const)("over %s", (live) => {
  const here = createTiketti({ url, apiKey, live });

  it("a set tells what enters, changes in and leaves it, each once, from a position on", async () => {
    const filter = { status: { eq: "OPEN" }, priority: { eq: "URGENT" } } as const;
    const { asOf } = await tiketti.tickets.list({ first: 1 });
    const { code } = await newTicket(`Set over ${live}`);
    await tiketti.tickets.update({ ticket: { code }, priority: "URGENT" });
    await tiketti.tickets.update({ ticket: { code }, subject: "Renamed" });
    await tiketti.tickets.setStatus({ ticket: { code }, status: "CLOSED" });
    const told: string[] = [];
    for await (const change of here.tickets.changes({ filter, after: asOf })) {
      if (change.type === "CHANGE" && change.ticket?.code === code) told.push(change.setChange);
      if (told.at(-1) === "LEFT") break;
    }
    expect(told).toEqual(["ENTERED", "UPDATED", "LEFT"]);
  });

  it("without a position it begins now, and misses nothing from there", async () => {
    const changes = here.changes.follow();
    const next = changes.next();
    let found = false;
    const writing = (async () => {
      while (!found) await newTicket("From now on");
    })();
    const { value } = await next;
    found = true;
    await writing;
    expect(value?.type).toBe("CHANGE");
    await changes.return();
  });

  it("a selection of one's own is followed the same way", async () => {
    const { asOf } = await tiketti.tickets.list({ first: 1 });
    const { code } = await newTicket("Own selection");
    const changes = here.subscribe(
      { ticketsChanged: { $: { filter: { code: { eq: code } } }, setChange: true, ticket: { subject: true } } },
      { after: asOf },
    );
    for await (const change of changes) {
      expect(change).toMatchObject({ type: "CHANGE", setChange: "ENTERED", ticket: { subject: "Own selection" } });
      break;
    }
  });

  it("a position among the arguments is one too, and break ends a loop that waits", async () => {
    const { asOf } = await tiketti.tickets.list({ first: 1 });
    const { code } = await newTicket("By argument");
    const filter = { code: { eq: code } };
    const changes = here.subscribe({ ticketsChanged: { $: { filter, after: asOf }, setChange: true } });
    expect((await changes.next()).value).toMatchObject({ setChange: "ENTERED" });
    const waiting = changes.next();
    await changes.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const text = "subscription($after: ChangeCursor) { ticketsChanged(after: $after) { cursor ticketId } }";
    const byText = here.subscribeTo(text, { after: asOf });
    expect((await byText.next()).value).toMatchObject({ type: "CHANGE" });
    await byText.return();
    await expect(here.subscribeTo("{ viewer { roleName } }").next()).rejects.toMatchObject({ code: "INVALID_OPTIONS" });
  });

  it("a signal ends the loop with ABORTED", async () => {
    const controller = new AbortController();
    const changes = here.tickets.changes({ signal: controller.signal });
    const next = changes.next();
    controller.abort();
    await expect(next).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("an unknown filter and a wrong key are typed errors, not endless attempts", async () => {
    await expect(here.tickets.changes({ filter: { id: { eq: "nonsense" } } }).next()).rejects.toMatchObject({
      code: "VALIDATION",
    });
    const stranger = createTiketti({ url, apiKey: `tk_${"x".repeat(43)}`, live });
    for (const after of ["change_x", undefined])
      await expect(stranger.tickets.changes({ after }).next()).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
  });

  it("a position that can't be replayed is a RESET with a snapshot, and the loop goes on", async () => {
    const admin = await newAdmin();
    const { role } = await admin.roles.create({
      name: `Narrowed ${live}`,
      grants: [{ permission: "TICKET_VIEW", reach: "ALL" }],
    });
    const { secret } = await admin.apiKeys.create({ name: "narrowed", role: { id: role?.id as string } });
    const { asOf } = await admin.tickets.list({ first: 1 });
    await admin.roles.update({
      role: { id: role?.id as string },
      grants: [{ permission: "TICKET_VIEW", reach: "ALL" }, { permission: "NOTE_VIEW" }],
    });
    const narrowed = createTiketti({ url, apiKey: secret as string, live });
    const told: string[] = [];
    for await (const change of narrowed.tickets.changes({ filter: { priority: { eq: "LOW" } }, after: asOf })) {
      told.push(change.type);
      if (change.type === "CHANGE") break;
      expect(change.error.code).toBe("CURSOR_EXPIRED");
      const rows = await change.snapshot();
      expect(rows.every(({ priority }) => priority === "LOW")).toBe(true);
      const { ticket } = await admin.tickets.create({
        subject: "After the reset",
        contact: { person: { name: "A", email: "a@example.com" } },
      });
      const { code } = ticket as { code: string };
      await admin.tickets.update({ ticket: { code }, priority: "LOW" });
    }
    expect(told).toEqual(["RESET", "CHANGE"]);
  });
});

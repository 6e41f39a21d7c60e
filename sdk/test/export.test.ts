/** The CSV export through the SDK, against a real server and one that breaks off. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createTiketti, type ExportProgress, isTikettiError, type Tiketti } from "@tiketti/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Server, startServer } from "./server.ts";

let server: Server;
let tiketti: Tiketti;
beforeAll(async () => {
  server = await startServer();
  tiketti = createTiketti({ url: server.url, apiKey: server.apiKey });
});
afterAll(() => server.remove());

describe("time.export", () => {
  it("is the same entries as time.list, whole, with progress up to the last row", async () => {
    const told: ExportProgress[] = [];
    const file = await tiketti.time.export({}, { onProgress: (progress) => told.push(progress) });
    const { totalCount } = await tiketti
      .query({ timeEntries: { $: { filter: { isRunning: false } }, totalCount: true } })
      .then(({ timeEntries }) => timeEntries);
    const text = await file.text();
    expect(text.trim().split("\r\n")).toHaveLength((totalCount as number) + 1);
    expect(file.filename).toMatch(/\.csv$/);
    expect(told.at(-1)).toEqual({ bytes: Buffer.byteLength(text), rows: totalCount, totalRows: totalCount });
  });

  it("takes the filter of the list and a byte order mark, and can be looped over", async () => {
    const none = await tiketti.time.export({ filter: { workedOn: { lt: "2001-01-01" } }, bom: true });
    const parts: Uint8Array[] = [];
    for await (const part of none) parts.push(part);
    const bytes = Buffer.concat(parts);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString().trim().split("\r\n")).toHaveLength(1);
  });

  it("is written as a spreadsheet of that language opens it", async () => {
    const bytes = Buffer.from(
      await new Response((await tiketti.time.export({ preset: "excel-de" })).stream).arrayBuffer(),
    );
    const [header = "", first = ""] = bytes.toString("utf8").split("\r\n");
    expect(header).toMatch(/^\ufeffDate;Ticket;/);
    expect(first).toMatch(/;\d+,\d{4};(yes|no);/);
    const plain = await (
      await tiketti.time.export({ preset: "excel-de", delimiter: "tab", decimal: "point", bom: false })
    ).text();
    expect(plain).toMatch(/^Date\tTicket\t/);
    expect(plain.split("\r\n")[1]).toMatch(/\t\d+\.\d{4}\t/);
  });

  it("fails as other calls do before it begins: a wrong filter, a strange key", async () => {
    const wrong = tiketti.time.export({ filter: { workedOn: { gte: "soon" } } });
    await expect(wrong).rejects.toMatchObject({ code: "VALIDATION" });
    const stranger = createTiketti({ url: server.url, apiKey: `tk_${"x".repeat(43)}` });
    await expect(stranger.time.export()).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });

  it("is an error, and no shorter file, when the connection breaks in the middle", async () => {
    const broken = createServer((_req, res) => {
      res.writeHead(200, { "content-type": "text/csv" });
      res.write("Date,Ticket\r\n2026-11-01,X-1\r\n", () => res.destroy());
    });
    await new Promise<void>((resolve) => broken.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(broken.address() as AddressInfo).port}`;
    const file = await createTiketti({ url, apiKey: server.apiKey }).time.export();
    const error = await file.text().then(
      () => null,
      (reason) => reason,
    );
    expect(isTikettiError(error, "NETWORK")).toBe(true);
    broken.close();
  });
});

describe("time.invoice", () => {
  it("takes the preview's own summary as what is expected", async () => {
    const person = { email: "mara@nordlicht.test", password: server.password };
    const { accessToken, memberships } = await createTiketti({ url: server.url }).sessions.signIn(person);
    const organizationId = memberships.find(({ roleName }) => roleName === "Admin")?.organizationId;
    const mara = createTiketti({ url: server.url, accessToken, organizationId });
    const [ticket] = (await mara.tickets.list({ first: 1 })).nodes;
    const { timeEntry } = await mara.time.log({ ticketId: ticket?.id as string, duration: 45, rate: "100" });
    const invoice = { ids: [timeEntry?.id as string], reference: "R-SUMMARY" };
    const { summary } = await mara.time.invoice({ ...invoice, dryRun: true });
    expect([summary.entryCount, summary.problems]).toEqual([1, []]);
    const changed = { ...summary, entryCount: 2 };
    await expect(mara.time.invoice({ ...invoice, expected: changed })).rejects.toMatchObject({ code: "CONFLICT" });
    const done = await mara.time.invoice({ ...invoice, expected: summary });
    expect(done.summary.amounts).toEqual(summary.amounts);
  });
});

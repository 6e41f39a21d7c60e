/** react-relay as it is published: pagination, refetching and a subscription, on a page in Chromium. */
import { spawnSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { createTiketti } from "@tiketti/sdk";
import { build } from "esbuild";
import { expect, inject, it } from "vitest";
import { openBrowser } from "./browser.ts";

const { url, apiKey } = inject("server");
const root = path.resolve(import.meta.dirname, "../..");

const documents = `
graphql\`query TicketsQuery($first: Int!, $after: Cursor, $filter: TicketFilter) { ...Tickets_list }\`;
graphql\`fragment Tickets_list on Query @refetchable(queryName: "TicketsPageQuery") {
  tickets(first: $first, after: $after, filter: $filter, orderBy: { field: CREATED_AT, direction: ASC }) @connection(key: "Tickets_tickets", filters: []) {
    edges { node { id subject status } } } }\`;
graphql\`subscription TicketsChangedSubscription { ticketsChanged { setChange ticket { id subject status } } }\`;
`;

const app = `
import { Suspense, useMemo, useTransition } from "react";
import { createRoot } from "react-dom/client";
import { RelayEnvironmentProvider, useLazyLoadQuery, usePaginationFragment, useSubscription } from "react-relay";
import { Environment, Network, Observable, RecordSource, Store } from "relay-runtime";
import { createClient } from "graphql-ws";
import query from "./__generated__/TicketsQuery.graphql.js";
import list from "./__generated__/Tickets_list.graphql.js";
import changed from "./__generated__/TicketsChangedSubscription.graphql.js";

const { token, filter } = window.given;
const sockets = createClient({ url: location.origin.replace("http", "ws") + "/graphql", connectionParams: { authorization: "Bearer " + token } });
const fetchOne = async ({ text }, variables) => {
  const headers = { "content-type": "application/json", accept: "application/graphql-response+json", authorization: "Bearer " + token };
  const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query: text, variables }) });
  return response.json();
};
const subscribe = ({ text }, variables) => Observable.create((sink) => sockets.subscribe({ query: text, variables }, sink));
const environment = new Environment({ network: Network.create(fetchOne, subscribe), store: new Store(new RecordSource()) });

function Tickets() {
  const { data, loadNext, hasNext, isLoadingNext, refetch } = usePaginationFragment(list, useLazyLoadQuery(query, { first: 2, filter }));
  useSubscription(useMemo(() => ({ subscription: changed, variables: {} }), []));
  const [, begin] = useTransition();
  return <>
    <ul>{data.tickets.edges.map(({ node }) => <li key={node.id}>{node.subject}: {node.status}</li>)}</ul>
    <button disabled={!hasNext || isLoadingNext} onClick={() => loadNext(2)}>More</button>
    <button onClick={() => begin(() => refetch({ first: 5, filter }, { fetchPolicy: "network-only" }))}>Again</button>
  </>;
}

createRoot(document.body).render(<RelayEnvironmentProvider environment={environment}><Suspense fallback="Loading"><Tickets /></Suspense></RelayEnvironmentProvider>);
`;

it("react-relay reads page after page, refetches, and shows what a subscription tells", async () => {
  const tiketti = createTiketti({ url, apiKey });
  const { contact } = await tiketti.contacts.create({ name: "Relay", email: "relay@example.com" });
  const make = (subject: string) => tiketti.tickets.create({ subject, contact: { id: contact?.id as string } });
  const tickets = [];
  for (const subject of ["one", "two", "three", "four", "five"]) tickets.push((await make(subject)).ticket);
  // Outside of the repository: the compiler stages what it writes.
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-relay-"));
  await writeFile(path.join(folder, "Tickets.js"), documents);
  await writeFile(path.join(folder, "app.tsx"), app);
  await mkdir(path.join(folder, "__generated__"), { recursive: true });
  await copyFile(path.join(root, "schema.graphql"), path.join(folder, "schema.graphql"));
  await writeFile(
    path.join(folder, "relay.config.json"),
    JSON.stringify({
      src: ".",
      schema: "./schema.graphql",
      language: "javascript",
      eagerEsModules: true,
      excludes: [],
    }),
  );
  const compiled = spawnSync(
    process.execPath,
    [path.join(root, "node_modules/relay-compiler/cli.js"), path.join(folder, "relay.config.json")],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  expect(compiled.status, compiled.stdout + compiled.stderr).toBe(0);
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, "app.tsx")],
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    nodePaths: [path.join(root, "node_modules")],
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  });
  const given = JSON.stringify({ token: apiKey, filter: { contact: { id: { eq: contact?.id } } } });
  const pages = createServer(async (req, res) => {
    if (req.url === "/app.js") return void res.setHeader("content-type", "text/javascript").end(outputFiles[0]?.text);
    if (req.url !== "/graphql")
      return void res
        .setHeader("content-type", "text/html")
        .end(
          `<!doctype html><body><script>window.given = ${given}</script><script type="module" src="/app.js"></script>`,
        );
    const { authorization = "", "content-type": type = "", accept = "" } = req.headers;
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { authorization, accept, "content-type": type },
      body: await buffer(req),
    });
    res.setHeader("content-type", answer.headers.get("content-type") ?? "").end(await answer.text());
  });
  // Sockets of the page's origin, as a proxy in front of both would pass them on.
  pages.on("upgrade", (req, socket, head) => {
    const { hostname, port, host } = new URL(url);
    const api = connect(Number(port), hostname, () => {
      const { origin: _origin, ...headers } = { ...req.headers, host };
      api.write(
        `GET ${req.url} HTTP/1.1\r\n${Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join("")}\r\n`,
      );
      api.write(head);
      api.pipe(socket).pipe(api);
    });
    for (const one of [api, socket]) one.on("error", () => [api, socket].map((other) => other.destroy()));
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
    // Other tests answer tickets of the same server meanwhile: only this one's own change is asked for by its status.
    const statuses = () => page.locator("li").allTextContents();
    const shown = async () => (await statuses()).map((text) => text.replace(/: .*/, ""));
    await expect.poll(shown, { timeout: 15_000 }).toEqual(["one", "two"]);
    await page.getByRole("button", { name: "More" }).click();
    await expect.poll(shown).toEqual(["one", "two", "three", "four"]);
    await page.getByRole("button", { name: "More" }).click();
    await expect.poll(shown).toHaveLength(5);
    await expect.poll(() => page.getByRole("button", { name: "More" }).isDisabled()).toBe(true);
    // Told by the subscription, and put into the store by its id.
    await tiketti.tickets.setStatus({ ticketId: tickets[1]?.id as string, status: "RESOLVED" });
    await expect.poll(statuses, { timeout: 10_000 }).toContain("two: RESOLVED");
    await make("six");
    await page.getByRole("button", { name: "Again" }).click();
    await expect.poll(shown).toEqual(["one", "two", "three", "four", "five"]);
    await page.getByRole("button", { name: "More" }).click();
    await expect.poll(shown).toContain("six");
    expect(faults).toEqual([]);
  } finally {
    await browser.close();
    pages.closeAllConnections();
    pages.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);

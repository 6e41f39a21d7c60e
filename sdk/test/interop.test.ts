/** The shipped documents in other clients, and the schema in other tools. */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTiketti } from "@tiketti/sdk";
import { TicketReplyDocument, TicketsDocument } from "@tiketti/sdk/documents";
import { Tickets } from "@tiketti/sdk/operations";
import { Client, fetchExchange } from "@urql/core";
import { buildSchema, introspectionFromSchema } from "graphql";
import { describe, expect, inject, it } from "vitest";

const { url, apiKey } = inject("server");
const headers = { authorization: `Bearer ${apiKey}` };
const root = path.resolve(import.meta.dirname, "../..");

describe("urql 6", () => {
  it("sends the documents as nodes, with their types", async () => {
    const client = new Client({
      url: `${url}/graphql`,
      exchanges: [fetchExchange],
      preferGetMethod: false,
      fetchOptions: { headers },
    });
    const { data, error } = await client.query(TicketsDocument, { first: 2 }).toPromise();
    expect(error).toBeUndefined();
    const code: string | undefined = data?.tickets.nodes[0]?.code;
    expect(code).toMatch(/^[A-Z]+-\d+$/);
    const reply = await client
      .mutation(TicketReplyDocument, { ticket: { code: code as string }, input: { bodyText: "From urql" } })
      .toPromise();
    expect(reply.data?.ticketReply?.message?.bodyText).toBe("From urql");
  });
});

describe("urql's graphcache", () => {
  it("keeps things by their ids: a mutation's answer shows in lists that were read before, and pages are put together", async () => {
    const { cacheExchange } = await import("@urql/exchange-graphcache");
    const { relayPagination } = await import("@urql/exchange-graphcache/extras");
    const schema = introspectionFromSchema(buildSchema(await readFile(path.join(root, "schema.graphql"), "utf8")));
    const faults: string[] = [];
    const client = new Client({
      url: `${url}/graphql`,
      exchanges: [
        cacheExchange({
          // With the schema, so that interfaces and fields are known and warned of.
          schema: schema as never,
          resolvers: { Query: { tickets: relayPagination() } },
          logger: (level: string, message: string) => level !== "debug" && faults.push(message),
        } as never),
        fetchExchange,
      ],
      preferGetMethod: false,
      fetchOptions: { headers },
    });
    const tiketti = createTiketti({ url, apiKey });
    const { contact } = await tiketti.contacts.create({ name: "Cached", phone: "030 1" });
    for (const subject of ["a", "b", "c", "d"])
      await tiketti.tickets.create({ subject, contact: { id: contact?.id as string } });
    const filter = { contact: { id: { eq: contact?.id } } };
    const list = `query ($first: Int, $after: Cursor, $filter: TicketFilter) { tickets(first: $first, after: $after, filter: $filter) {
      edges { cursor node { id code subject assignee { id name } } } pageInfo { hasNextPage endCursor } } }`;
    const first = await client.query(list, { first: 2, filter }).toPromise();
    expect(first.error).toBeUndefined();
    const { endCursor } = first.data.tickets.pageInfo;
    const both = await client.query(list, { first: 2, after: endCursor, filter }).toPromise();
    expect(both.data.tickets.edges).toHaveLength(4);
    const { id } = first.data.tickets.edges[0].node;
    const rename = `mutation ($id: ID!) { ticketUpdate(ticket: { id: $id }, input: { subject: "Renamed in graphcache" }) { isChanged ticket { id subject } } }`;
    expect((await client.mutation(rename, { id }).toPromise()).data.ticketUpdate.isChanged).toBe(true);
    const cached = await client.query(list, { first: 2, filter }, { requestPolicy: "cache-only" }).toPromise();
    expect(cached.data.tickets.edges[0].node.subject).toBe("Renamed in graphcache");
    const ofInterface = await client
      .query("query ($id: ID!) { node(id: $id) { id ... on Ticket { subject } } }", { id })
      .toPromise();
    expect(ofInterface.data.node.subject).toBe("Renamed in graphcache");
    expect(faults).toEqual([]);
  });
});

describe("Apollo Client 4", () => {
  it("queries and mutates with the same documents", async () => {
    const { ApolloClient, HttpLink, InMemoryCache } = await import("@apollo/client");
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${url}/graphql`, headers }),
      cache: new InMemoryCache(),
    });
    const { data } = await client.query({ query: TicketsDocument, variables: { first: 2 } });
    const code: string | undefined = data?.tickets.nodes[0]?.code;
    expect(code).toMatch(/^[A-Z]+-\d+$/);
    const reply = await client.mutate({
      mutation: TicketReplyDocument,
      variables: { ticket: { code: code as string }, input: { bodyText: "From Apollo" } },
    });
    expect(reply.data?.ticketReply?.message?.bodyText).toBe("From Apollo");
    client.stop();
  });
});

describe("plain fetch", () => {
  it("sends the documents as text", async () => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({ query: Tickets, variables: { first: 1 } }),
    });
    expect((await response.json()).data.tickets.nodes).toHaveLength(1);
  });
});

describe("relay-compiler", () => {
  it("accepts schema.graphql, and compiles a fragment with a connection", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "tiketti-relay-"));
    await mkdir(path.join(folder, "src"));
    await writeFile(
      path.join(folder, "src/Tickets.js"),
      `graphql\`query TicketsQuery($first: Int, $after: Cursor) { ...Tickets_list }\`;
graphql\`fragment Tickets_list on Query { tickets(first: $first, after: $after) @connection(key: "Tickets_tickets") { edges { node { id code assignee { name } } } } }\`;
graphql\`mutation TicketsReplyMutation($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "x" }) { ticket { id status } } }\`;
graphql\`subscription TicketsChangedSubscription { ticketsChanged { setChange ticket { id code } } }\`;
`,
    );
    await writeFile(
      path.join(folder, "relay.config.json"),
      JSON.stringify({ src: "./src", schema: "./schema.graphql", language: "javascript", excludes: [] }),
    );
    const { copyFile } = await import("node:fs/promises");
    await copyFile(path.join(root, "schema.graphql"), path.join(folder, "schema.graphql"));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(root, "node_modules/relay-compiler/cli.js"), path.join(folder, "relay.config.json")],
      { cwd: folder, encoding: "utf8" },
    );
    expect(status, stdout + stderr).toBe(0);
    await rm(folder, { recursive: true, force: true });
  });
});

/** Requests that several test files send. */
import type { Client } from "./client.ts";

const ticketQuery =
  "query ($code: String!) { ticket(by: { code: $code }) { id code status waitingSince followUpOf { code } assignee { id } labels { name } participants { email } messages { totalCount nodes { direction bodyText author { name } } } } }";

/** The ticket as the client sees it, with its thread. */
export async function ticketByCode(client: Client, code: string) {
  return (await client.get(ticketQuery, { code })).ticket;
}

let counter = 0;

/** A new contact's id. Default: a name of its own, and a phone number. */
export async function createContact(client: Client, input: Record<string, unknown> = {}): Promise<string> {
  const { contactCreate } = await client.get(
    "mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id } } }",
    { input: { name: `C${++counter}`, phone: "030 1", ...input } },
  );
  return contactCreate.contact.id;
}

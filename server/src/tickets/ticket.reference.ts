import type { Prisma } from "../db/index.ts";
import { toExternalId } from "../inputs/fields.ts";
import type { TicketRef } from "../inputs/references.ts";
import { toTicketCode } from "./ticket.code.ts";

/** The row that a reference means; codes are compared ignoring case. */
export function ticketWhere({ id, code, externalId }: TicketRef): Prisma.TicketWhereInput {
  if (id !== undefined) return { id };
  return code !== undefined ? { code: toTicketCode(code) } : { externalId: toExternalId(externalId as string) };
}

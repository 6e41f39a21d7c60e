import type { Prisma } from "../db/index.ts";
import type { TicketRef } from "../inputs/references.ts";

/** The row that a reference means; codes are compared without case. */
export function ticketWhere({ id, code, externalId }: TicketRef): Prisma.TicketWhereInput {
  if (id !== undefined) return { id };
  return code !== undefined ? { code: code.toUpperCase() } : { externalId: externalId as string };
}

import { isWorthRetrying, toDomainError } from "../db/faults.ts";
import { DomainError } from "../wire/errors.ts";
import type { Write } from "./write.ts";

/**
 * One row of many, in a savepoint of its own: a rule that it breaks undoes it alone, with its changes. What may go well when
 * it is tried again ends the whole write, which is.
 */
export async function tryRow<T>(write: Write, run: (write: Write) => Promise<T>): Promise<T | DomainError> {
  const { tx, record } = write;
  const changes: Parameters<Write["record"]>[0][] = [];
  await tx.$executeRaw`savepoint one_row`;
  try {
    const result = await run({ ...write, record: (change) => changes.push(change) });
    await tx.$executeRaw`release savepoint one_row`;
    for (const change of changes) record(change);
    return result;
  } catch (error) {
    const refusal = error instanceof DomainError ? error : toDomainError(error);
    if (!refusal || refusal.isRetryable || isWorthRetrying(error)) throw error;
    await tx.$executeRaw`rollback to savepoint one_row`;
    return refusal;
  }
}

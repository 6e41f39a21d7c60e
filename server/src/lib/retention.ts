/** How long is kept what goes by itself; queries take these as arguments, descriptions and help name them. */

/**
 * For so long a repeated Idempotency-Key is answered as the first time. The database function
 * organizations_with_due_work has it too: a change needs a migration.
 */
export const idempotencyKeyHours = 24;

/** For so long a deleted ticket can be restored; then it is purged with its messages. */
export const trashDays = 30;

/** For so long a change can be replayed. */
export const changeDays = 30;

/** How long data are kept before they are removed automatically. Queries take these values; descriptions name them. */

/**
 * How long a repeated Idempotency-Key gets the first answer. The database function
 * organizations_with_due_work has the same value, so a change needs a migration.
 */
export const idempotencyKeyHours = 24;

/** How long a deleted ticket can be restored; then it is purged with its messages. */
export const trashDays = 30;

/** How long a change can be replayed. */
export const changeDays = 30;

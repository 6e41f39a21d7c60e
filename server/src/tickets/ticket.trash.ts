/** How long a deleted ticket can be restored; then it is purged with its messages. */
export const trashDays = 30;

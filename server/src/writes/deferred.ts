/** What jobs/tasks.ts carries on, in batches. */
export type DeferredTask = { kind: "LABEL_ROWS_REMOVE"; labelId: string } | { kind: "CONTACTS_LINK"; domain: string };

/** How many rows one transaction changes at most; the rest is deferred. */
export const batchSize = 500;

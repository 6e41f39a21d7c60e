/** Of every list. */
export const defaultPageSize = 20;
export const maxPageSize = 100;
/** Of the change log, read page by page. */
export const defaultChanges = 100;

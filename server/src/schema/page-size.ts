/** Of every list. */
export const defaultPageSize = 20;
export const maxPageSize = 100;

/** Queries the current position: any list has it, and everyone can list members. */
export const positionQuery = "query Position{members(first:1){asOf}}";

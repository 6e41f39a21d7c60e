/** Asks for the position of now: any list tells it, and members are everybody's to list. */
export const positionQuery = "query Position{members(first:1){asOf}}";

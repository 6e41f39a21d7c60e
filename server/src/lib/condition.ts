/** A condition as Prisma's `where` takes it. */
export type Condition = Record<string, unknown>;

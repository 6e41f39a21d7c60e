import { GraphQLError } from "graphql";

/** @throws QUERY_TOO_COMPLEX when the document has more than the limit */
export function refuse(what: string, has: number, limit: number): void {
  if (has > limit) throw tooComplex(`has ${has} ${what} and the limit is ${limit}`);
}

export function tooComplex(what: string): GraphQLError {
  return new GraphQLError(`The document ${what}; split it, or ask for less in one request.`, {
    extensions: { code: "QUERY_TOO_COMPLEX", http: { status: 400 } },
  });
}

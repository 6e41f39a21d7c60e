/** The schema as a type, for gql.tada: `initGraphQLTada<{ introspection: introspection }>()`. */
export type * from "./_generated/introspection.ts";

/** GraphiQL with everything inside: it works without a network. */
export async function graphiqlPage({
  query,
  headers,
}: {
  query: string;
  headers: Record<string, string>;
}): Promise<string> {
  // 9 MB of text, read only when somebody looks.
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  return renderGraphiQL({
    title: "Tiketti GraphiQL",
    endpoint: "/graphql",
    defaultQuery: query,
    headers: JSON.stringify(headers, null, 2),
    // Kept headers would outlive their token, and hide the key of a new demo.
    shouldPersistHeaders: false,
    credentials: "omit",
  } as never);
}

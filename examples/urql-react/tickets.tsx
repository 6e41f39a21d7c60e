/** The SDK's documents in an app that has urql already: typed, and no second cache. */
import { TicketReplyDocument, TicketsDocument } from "@tiketti/sdk/documents";
import { Client, cacheExchange, fetchExchange, Provider, useMutation, useQuery } from "urql";

export const client = new Client({
  url: "/graphql",
  exchanges: [cacheExchange, fetchExchange],
  preferGetMethod: false,
  fetchOptions: () => ({ headers: { authorization: `Bearer ${localStorage.getItem("token")}` } }),
});

export function OpenTickets() {
  const [{ data, fetching, error }] = useQuery({
    query: TicketsDocument,
    variables: { filter: { status: { eq: "OPEN" } }, first: 20 },
  });
  const [{ fetching: isSending }, reply] = useMutation(TicketReplyDocument);
  if (fetching) return <p>Loading …</p>;
  if (error) return <p role="alert">{error.message}</p>;
  return (
    <ul>
      {data?.tickets.nodes.map(({ id, code, subject, assignee }) => (
        <li key={id}>
          {code} {subject} ({assignee?.name ?? "nobody"})
          <button
            type="button"
            disabled={isSending}
            onClick={() => reply({ ticket: { id }, input: { bodyText: "On it!" } })}
          >
            Answer
          </button>
        </li>
      ))}
    </ul>
  );
}

export const App = () => (
  <Provider value={client}>
    <OpenTickets />
  </Provider>
);

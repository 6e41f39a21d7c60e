/** The limits of one request, the same on every way in. The README's table derives from them. */
export const limits = {
  bodyBytes: { value: 1_000_000, description: "Size of a request's body, in bytes" },
  bodyPieces: { value: 5_000, description: "Pieces in which a body may arrive" },
  bodiesBytes: {
    value: 64_000_000,
    description: "Size of the bodies over 64 kB that are worked on, all together on one process, in bytes",
  },
  bodyDepth: { value: 50, description: "Depth of a request's variables" },
  bodyValues: { value: 10_000, description: "Values in a request's variables, all lists and objects together" },
  documentBytes: { value: 40_000, description: "Size of a document, in characters" },
  tokens: { value: 2_000, description: "Tokens of a document" },
  depth: {
    value: 12,
    description: "Depth of a document, through fragments; a document of introspection alone may be deeper",
  },
  aliases: { value: 30, description: "Aliases of a document, counted after fragments are expanded" },
  directives: { value: 20, description: "Directives of a document, counted after fragments are expanded" },
  nameLength: { value: 100, description: "Length of a name in a document (fields, aliases, variables), in characters" },
  merges: {
    value: 1_000,
    description:
      "Pairs of fields of one name that a document asks for at one place, through fragments: comparing them takes their number squared",
  },
  leafMerges: { value: 20_000, description: "The same pairs of values, which are compared faster" },
  spreads: { value: 100, description: "Fragments that a document spreads, inline ones too" },
  rootFields: { value: 20, description: "Fields at the root of a document, counted after fragments are expanded" },
  nodes: { value: 20_000, description: "Estimated rows that a document can answer with" },
  requestsAtOnce: { value: 20, description: "Requests of one member or API key that run at once; the rest waits" },
  requestsWaiting: {
    value: 500,
    description: "Requests of one member or API key that wait; one more is refused at once",
  },
  requestMs: {
    value: 10_000,
    description: "Time of a request in milliseconds; then it is cancelled, in the database too",
  },
  anonymousBodyBytes: {
    value: 64_000,
    description: "Size of the body of a request without a signed-in viewer, in bytes",
  },
  anonymousDocumentBytes: {
    value: 4_000,
    description: "Size of the document of a request without a signed-in viewer, in characters",
  },
  anonymousVariablesBytes: {
    value: 8_000,
    description: "Size of the variables of a request without a signed-in viewer, in bytes of JSON",
  },
  documentCacheTokens: { value: 50_000, description: "Tokens of the documents that are kept parsed, all together" },
  errors: { value: 10, description: "Errors in an answer, and issues in an error; the rest is counted" },
  refusalBytes: {
    value: 12_000,
    description: "Size of an answer without data, in bytes; past it only the first error is told",
  },
  refusals: {
    value: 100,
    description:
      "Refused requests of one sender (a token or key, else a network) within 10 s that are answered at once; later ones wait longer and longer",
  },
  refusalWindowMs: { value: 10_000, description: "Time in milliseconds for which refused requests are counted" },
  refusalDelayMs: {
    value: 1_000,
    description: "Longest wait in milliseconds before a request is looked at whose sender is refused over and over",
  },
  refusalsWaitingOfOne: {
    value: 200,
    description: "Requests of one sender that wait so; one more is answered with 429",
  },
  refusalsWaiting: {
    value: 1_000,
    description: "Requests that wait so, on one process; one more is answered with 429",
  },
  socketMessageBytes: { value: 64_000, description: "Size of a message on a socket, in bytes" },
  socketMessages: { value: 500, description: "Messages a second of a socket; then it is closed" },
  socketMessagesBytes: { value: 2_000_000, description: "Bytes a second of a socket; then it is closed" },
  anonymousMessageBytes: {
    value: 8_000,
    description: "Size of a message on a socket without a signed-in viewer, in bytes; then it is closed",
  },
  anonymousMessages: {
    value: 200,
    description: "Messages a second of a network's sockets without a signed-in viewer; then they are closed",
  },
  anonymousMessagesBytes: { value: 256_000, description: "Bytes a second of the same" },
  socketInitMs: {
    value: 5_000,
    description: "Time in milliseconds within which connection_init has to come on a socket",
  },
  socketOperations: { value: 50, description: "Operations that run at once on a socket" },
  socketsPerToken: {
    value: 100,
    description: "Sockets and streams of one token or API key, or without one of one address, on one process",
  },
  socketsPerOrganization: { value: 10_000, description: "Sockets and streams of one organization, on one process" },
  socketBufferBytes: { value: 1_000_000, description: "Bytes that may wait for a slow reader; then it is closed" },
  socketWindowBytes: {
    value: 512_000,
    description: "Bytes that are sent on a socket to a client that wasn't heard of since",
  },
  socketStallMs: {
    value: 10_000,
    description: "Time in milliseconds that a reader may take nothing while something waits; then it is closed",
  },
  heartbeatMs: { value: 10_000, description: "Time in milliseconds between two heartbeats on a socket" },
  sharedEventMs: {
    value: 250,
    description: "Time in milliseconds within which viewers with the same rights share the answer to a change",
  },
} as const;

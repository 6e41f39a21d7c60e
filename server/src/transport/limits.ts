/** The limits of one request, the same on every transport. The table of docs/limits.md derives from them. */
export const limits = {
  bodyBytes: { value: 1_000_000, description: "Size of a request's body, in bytes" },
  bodyPieces: { value: 5_000, description: "Number of chunks in which a request's body arrives" },
  bodiesBytes: {
    value: 64_000_000,
    description: "Total size of the bodies over 64 kB that one process handles at a time, in bytes",
  },
  bodyDepth: { value: 50, description: "Depth of a request's variables" },
  bodyValues: {
    value: 10_000,
    description: "Number of values in a request's variables, in all lists and objects together",
  },
  documentBytes: { value: 40_000, description: "Size of a document, in characters" },
  tokens: { value: 2_000, description: "Number of tokens in a document" },
  depth: {
    value: 12,
    description:
      "Depth of a document, with fragments expanded; a document that contains only introspection may be deeper",
  },
  aliases: { value: 30, description: "Number of aliases in a document, with fragments expanded" },
  directives: { value: 20, description: "Number of directives in a document, with fragments expanded" },
  nameLength: { value: 100, description: "Length of a name in a document (fields, aliases, variables), in characters" },
  merges: {
    value: 1_000,
    description:
      "Number of pairs of object fields with the same name at one place of a document, with fragments expanded; validation compares each pair",
  },
  leafMerges: { value: 20_000, description: "Number of such pairs of scalar fields, which validation compares faster" },
  spreads: { value: 100, description: "Number of fragments that a document spreads, inline fragments included" },
  rootFields: { value: 20, description: "Number of fields at the root of a document, with fragments expanded" },
  nodes: { value: 20_000, description: "Estimated number of rows that a document can answer with" },
  requestsAtOnce: {
    value: 20,
    description: "Number of requests of one member or API key that run at the same time; further ones wait",
  },
  requestsWaiting: {
    value: 500,
    description: "Number of requests of one member or API key that wait; the next one is refused immediately",
  },
  requestMs: {
    value: 10_000,
    description: "Duration of a request in milliseconds; then it is cancelled, in the database too",
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
  documentCacheTokens: { value: 50_000, description: "Total number of tokens in the parsed documents that are kept" },
  errors: {
    value: 10,
    description: "Number of errors in an answer, and of issues in an error; the answer says how many more there were",
  },
  refusalBytes: {
    value: 12_000,
    description: "Size of an answer without data, in bytes; a larger one is cut to its first error",
  },
  refusals: {
    value: 100,
    description:
      "Number of refused requests of one sender (a token or key, else a network) within 10 seconds that are answered immediately; later ones wait longer and longer",
  },
  refusalWindowMs: { value: 10_000, description: "Window in milliseconds in which refused requests are counted" },
  refusalDelayMs: {
    value: 1_000,
    description: "Longest delay in milliseconds of a request whose sender is refused repeatedly",
  },
  refusalsWaitingOfOne: {
    value: 200,
    description: "Number of delayed requests of one sender; the next one is answered with 429",
  },
  refusalsWaiting: {
    value: 1_000,
    description: "Number of delayed requests in one process; the next one is answered with 429",
  },
  socketMessageBytes: { value: 64_000, description: "Size of a message on a socket, in bytes" },
  socketMessages: { value: 500, description: "Number of messages a second on a socket; then it is closed" },
  socketMessagesBytes: { value: 2_000_000, description: "Number of bytes a second on a socket; then it is closed" },
  anonymousMessageBytes: {
    value: 8_000,
    description: "Size of a message on a socket without a signed-in viewer, in bytes; then it is closed",
  },
  anonymousMessages: {
    value: 200,
    description:
      "Number of messages a second on all sockets of a network without a signed-in viewer; then they are closed",
  },
  anonymousMessagesBytes: {
    value: 256_000,
    description: "Number of bytes a second on the same sockets; then they are closed",
  },
  socketInitMs: {
    value: 5_000,
    description: "Time in milliseconds within which a socket must send connection_init",
  },
  socketOperations: { value: 50, description: "Number of operations that run at the same time on a socket" },
  socketsPerToken: {
    value: 100,
    description: "Number of sockets and streams of one token or API key (without one: of one address) in one process",
  },
  socketsPerOrganization: {
    value: 10_000,
    description: "Number of sockets and streams of one organization in one process",
  },
  socketBufferBytes: {
    value: 1_000_000,
    description: "Number of bytes that wait for a slow reader; then its connection is closed",
  },
  socketWindowBytes: {
    value: 512_000,
    description: "Number of bytes that are sent on a socket before its client must answer",
  },
  socketStallMs: {
    value: 10_000,
    description:
      "Time in milliseconds for which a reader reads nothing while data waits; then its connection is closed",
  },
  heartbeatMs: { value: 10_000, description: "Time in milliseconds between two heartbeats on a socket" },
  sharedEventMs: {
    value: 250,
    description: "Time in milliseconds for which viewers with the same rights share the answer to a change",
  },
} as const;

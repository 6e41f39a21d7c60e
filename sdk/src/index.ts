/** The client: your own queries (`createClient`), or a method for everything (`createTiketti`). */

export type {
  MutationShape,
  QueryShape,
  SubscriptionShape,
} from "./_generated/shapes.ts";
export type * from "./_generated/types.ts";
export type { ErrorCode } from "./_generated/types.ts";
export { type Client, createClient } from "./client.ts";
export type { Answer, Call } from "./core.ts";
export { type ClientErrorCode, type Issue, isTikettiError, TikettiError, type WireError } from "./errors.ts";
export type { ExportArguments, ExportedFile, ExportOptions, ExportProgress } from "./export.ts";
export type { Change as LiveChange, Changes, Reset } from "./live.ts";
export type { LiveOptions } from "./live-types.ts";
export type {
  CallOptions,
  ClientOptions,
  LiveState,
  RateLimit,
  RequestEvent,
  ResponseEvent,
  ResponseInfo,
  RetryEvent,
  TokenRequest,
} from "./options.ts";
export { List, type Page, type Position, paginate } from "./pagination.ts";
export type { Result, Selection } from "./select.ts";
export { createTiketti, type Tiketti } from "./tiketti.ts";
export type { Askable, DocumentNodeLike, Typed, TypedText } from "./typed.ts";

import type { MutationShape, QueryShape, SubscriptionShape } from "./_generated/shapes.ts";
import { type Call, Core, toCall } from "./core.ts";
import { TikettiError } from "./errors.ts";
import { type Changes, follow } from "./live.ts";
import type { LiveOptions } from "./live-types.ts";
import type { CallOptions, ClientOptions, RateLimit } from "./options.ts";
import { type Known, type Result, type Selection, toOperation } from "./select.ts";
import type { Askable, DocumentNodeLike } from "./typed.ts";

/** Your own queries, typed by what you select. */
export interface Client {
  /**
   * Queries exactly this selection, in one request.
   *
   * @example
   * const { tickets } = await client.query({ tickets: { $: { first: 10 }, nodes: { code: true, assignee: { name: true } } } });
   */
  query<const Chosen extends Selection<QueryShape>>(
    selection: Chosen & Known<Chosen, QueryShape>,
    options?: CallOptions,
  ): Call<Result<Chosen, QueryShape>>;
  /**
   * Runs mutations and returns exactly this selection of their results.
   *
   * @example
   * await client.mutate({ ticketAssign: { $: { ticket: { code: "ACME-42" }, input: { assignee: null } }, ticket: { status: true } } });
   */
  mutate<const Chosen extends Selection<MutationShape>>(
    selection: Chosen & Known<Chosen, MutationShape>,
    options?: CallOptions,
  ): Call<Result<Chosen, MutationShape>>;
  /**
   * Follows one subscription with exactly this selection; its signal ends the loop.
   *
   * @example
   * for await (const change of client.subscribe({ ticketsChanged: { setChange: true, ticket: { code: true } } })) show(change);
   */
  subscribe<const Chosen extends Selection<SubscriptionShape>>(
    selection: Chosen & Known<Chosen, SubscriptionShape>,
    options?: LiveOptions,
  ): Changes<Result<Chosen, SubscriptionShape>[keyof Result<Chosen, SubscriptionShape>] & { cursor: string }>;
  /**
   * Sends a document: text, or a document node of `graphql`, gql.tada or codegen. Types come from the document.
   *
   * @example
   * const { ticketReply } = await client.request(TicketReply, { ticket: { code: "ACME-42" }, input: { bodyText: "Done." } });
   */
  request<Data = Record<string, unknown>, Variables = Record<string, unknown>>(
    document: Askable<Data, Variables>,
    ...rest: Rest<Variables>
  ): Call<Data>;
  /**
   * Follows a subscription of your own document. After a lost connection it continues without a gap if it takes
   * `$after: ChangeCursor` and selects `cursor`; otherwise it starts over.
   */
  subscribeTo<Data = Record<string, unknown>, Variables = Record<string, unknown>>(
    document: Askable<Data, Variables>,
    ...rest: LiveRest<Variables>
  ): Changes<Data[keyof Data]>;
  /** The limits in the last response; null if it had none. */
  readonly rateLimit: RateLimit | null;
}

type Rest<Variables> =
  Record<never, never> extends Variables
    ? [variables?: Variables, options?: CallOptions]
    : [variables: Variables, options?: CallOptions];

type LiveRest<Variables> =
  Record<never, never> extends Variables
    ? [variables?: Variables, options?: LiveOptions]
    : [variables: Variables, options?: LiveOptions];

/** @throws TikettiError with INVALID_OPTIONS */
export function createClient(options: ClientOptions): Client {
  return clientOf(new Core(options));
}

const defined = (args: object) => Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));

export function clientOf(core: Core): Client {
  const select = (kind: "query" | "mutation") => (selection: object, options?: CallOptions) => {
    try {
      const { restore, ...operation } = toOperation(kind, selection);
      return core.call(operation, options, restore);
    } catch (error) {
      return toCall(Promise.reject(error));
    }
  };
  return {
    query: select("query"),
    mutate: select("mutation"),
    subscribe(selection: object, options?: LiveOptions) {
      const [root, ...more] = Object.entries(selection as Record<string, true | { $?: object }>);
      if (!root || more.length > 0)
        throw new TikettiError({ code: "INVALID_OPTIONS", message: "A subscription must select exactly one field." });
      const [field, chosen] = root;
      const { $: args = {}, ...fields } = chosen === true ? {} : chosen;
      const canReplay = field !== "ticketCountsChanged";
      // The position is the first argument, and therefore the first variable.
      const whole = { [field]: { ...fields, $: canReplay ? { after: "", ...defined(args) } : args, cursor: true } };
      return follow(core, { ...toOperation("subscription", whole), field, canReplay, positionIn: "v0" }, options);
    },
    subscribeTo: (document: string | DocumentNodeLike, variables?: object, options?: LiveOptions) =>
      follow(core, { query: document, variables: variables as Record<string, unknown> }, options),
    request: (document: string | DocumentNodeLike, variables?: object, options?: CallOptions) =>
      core.call({ query: document, variables: variables as Record<string, unknown> }, options),
    get rateLimit() {
      return core.rateLimit;
    },
  } as unknown as Client;
}

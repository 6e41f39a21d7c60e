/** The building blocks of the generated methods. */
import type { ExpectedTotalsInput } from "./_generated/types.ts";
import type { Call, Core } from "./core.ts";
import { type Changes, follow } from "./live.ts";
import type { LiveOptions, Subject } from "./live-types.ts";
import type { CallOptions } from "./options.ts";
import { List, type Page } from "./pagination.ts";

/** The object: `{ ticketId }`, or `{ ticket: { code } }` and other identifiers. */
export type OneOf<Name extends string, Ref> =
  | ({ [Key in `${Name}Id`]: string } & { [Key in Name]?: never })
  | ({ [Key in Name]: Ref } & { [Key in `${Name}Id`]?: never });

/** `body` is short for `bodyText`. */
export type Text<Input> = Input & { body?: string };

/** `expected` can be the summary from the preview. */
export type Expecting<Input> = Omit<Input, "expected"> & {
  expected?: ExpectedTotalsInput | PreviewSummary | null | undefined;
};

interface PreviewSummary {
  entryCount: number;
  amounts: readonly { amount: string; currency: string }[];
}

type Variables = Record<string, unknown>;

export interface Calls {
  read<Data>(query: string, field: string, variables: object, options?: CallOptions): Call<Data>;
  list<Node, One extends Page<Node>>(
    query: string,
    path: readonly string[],
    variables: object,
    options?: CallOptions,
  ): List<Node, One>;
  write<Data>(
    query: string,
    field: string,
    names: readonly string[] | null,
    args: object,
    options?: CallOptions,
  ): Call<Data>;
  follow<Event, Node>(
    query: string,
    field: string,
    refs: readonly string[],
    args: object,
    canReplay: boolean,
    snapshot?: readonly [query: string, field: string],
  ): Changes<Event, Node>;
}

export function callsOf(core: Core): Calls {
  const calls: Calls = {
    read: (query, field, variables, options) =>
      core.call({ query, variables: variables as Variables }, options, (data) => data[field]),
    list<Node, One extends Page<Node>>(query: string, path: readonly string[], given: object, options?: CallOptions) {
      const variables = split(given as Variables, ["by"]);
      const isBackwards = variables.last !== undefined;
      return new List<Node, One>(
        (position) =>
          core.call(
            { query, variables: { ...variables, ...position } },
            options,
            (data) => path.reduce<unknown>((at, name) => (at as Variables)[name], data) as One,
          ),
        isBackwards,
      );
    },
    write: (query, field, names, args, options) =>
      core.call(
        { query, variables: names ? split(args as Variables, names) : (args as Variables) },
        options,
        (data) => data[field],
      ),
    follow<Event, Node>(
      query: string,
      field: string,
      refs: readonly string[],
      args: object,
      canReplay: boolean,
      snapshot?: readonly [query: string, field: string],
    ) {
      const { after, signal, ...given } = args as Variables & LiveOptions;
      const variables = split(given, refs);
      const subject: Subject<Node> = {
        query,
        field,
        variables,
        canReplay,
        snapshot: snapshot && (() => calls.list(snapshot[0], [snapshot[1]], { filter: given.filter, first: 100 })),
      };
      return follow<Event, Node>(core, subject, { after, signal });
    },
  };
  return calls;
}

/** A preview's summary has more fields than `expected` takes. */
function toExpected(value: ExpectedTotalsInput | PreviewSummary | null): ExpectedTotalsInput | null {
  if (value === null || !("entryCount" in value)) return value;
  return { count: value.entryCount, amounts: value.amounts.map(({ amount, currency }) => ({ amount, currency })) };
}

/** Arguments of the field by name, refs as `…Id`, and the rest as its input. */
function split(args: Variables, names: readonly string[]): Variables {
  const variables: Variables = {};
  const rest: Variables = {};
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined) continue;
    const ref = name.replace(/Id$/, "");
    // A ticket's own queries take it as `by`.
    const to = ref === "ticket" && names.includes("by") ? "by" : ref;
    if (names.includes(name)) variables[name] = value;
    else if (names.includes(to)) variables[to] = name === ref ? value : { id: value };
    else if (name === "expected") rest[name] = toExpected(value as ExpectedTotalsInput | PreviewSummary);
    else rest[name === "body" ? "bodyText" : name] = value;
  }
  return names.includes("input") ? { ...variables, input: rest } : { ...variables, ...rest };
}

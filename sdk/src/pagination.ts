import type { Answer, Call } from "./core.ts";

/** What a page must have to be followed by the next. */
export interface Page<Node> {
  nodes: readonly Node[];
  pageInfo?: {
    hasNextPage: boolean;
    endCursor?: string | null | undefined;
    hasPreviousPage?: boolean | undefined;
    startCursor?: string | null | undefined;
  };
  /** Of the change log. */
  cursor?: string;
  hasMore?: boolean;
}

/** Where the next page begins. */
export interface Position {
  after?: string;
  before?: string;
}

/**
 * A list. Awaited it is one request and its first page; looped over it is every row, page after page: the next is
 * fetched when the loop gets there, and leaving the loop ends it. A position to go on from another time is each page's
 * `pageInfo.endCursor`, given as `after`.
 */
export class List<Node, One extends Page<Node> = Page<Node>> implements PromiseLike<One>, AsyncIterable<Node> {
  readonly #fetch: (position: Position) => Call<One>;
  readonly #isBackwards: boolean;

  constructor(fetch: (position: Position) => Call<One>, isBackwards = false) {
    this.#fetch = fetch;
    this.#isBackwards = isBackwards;
  }

  // biome-ignore lint/suspicious/noThenProperty: a list can be awaited for its first page
  then<A = One, B = never>(
    onFulfilled?: ((page: One) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#fetch({}).then(onFulfilled, onRejected);
  }

  /** The first page with what is known of the response. */
  withResponse(): Promise<Answer<One>> {
    return this.#fetch({}).withResponse();
  }

  /** Page after page. */
  async *pages(): AsyncGenerator<One, void, void> {
    let position: Position | null = {};
    while (position) {
      const page: One = await this.#fetch(position);
      yield page;
      position = this.#next(page);
    }
  }

  #next({ pageInfo, cursor, hasMore }: One): Position | null {
    if (hasMore && cursor) return { after: cursor };
    if (this.#isBackwards)
      return pageInfo?.hasPreviousPage && pageInfo.startCursor ? { before: pageInfo.startCursor } : null;
    return pageInfo?.hasNextPage && pageInfo.endCursor ? { after: pageInfo.endCursor } : null;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Node, void, void> {
    for await (const { nodes } of this.pages()) yield* nodes;
  }

  /** All rows, or the first `limit` of them; no more pages are fetched than that takes. */
  async toArray({ limit = Number.POSITIVE_INFINITY }: { limit?: number } = {}): Promise<Node[]> {
    const rows: Node[] = [];
    if (limit <= 0) return rows;
    for await (const row of this) if (rows.push(row) >= limit) break;
    return rows;
  }
}

/**
 * Any connection as a list: of a query of your own, or one inside of a row.
 *
 * @param fetch asks for the page that begins after this position, and picks the connection out of the answer
 * @example
 * const members = paginate(async (after) => (await client.query({ members: { $: { after }, pageInfo: { hasNextPage: true, endCursor: true }, nodes: { name: true } } })).members);
 */
export function paginate<One extends Page<unknown>>(
  fetch: (after: string | undefined) => Promise<One>,
): Omit<List<One["nodes"][number], One>, "withResponse"> & AsyncIterable<One["nodes"][number]> {
  return new List<One["nodes"][number], One>(({ after }) => fetch(after) as Call<One>);
}

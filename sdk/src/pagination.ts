import type { Answer, Call } from "./core.ts";

/** The fields that a page needs for paging. */
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
 * A list. `await` it to get the first page in one request. Loop over it to get every row: each next page is fetched
 * when the loop reaches it, and leaving the loop stops. To continue later, pass a page's `pageInfo.endCursor` as
 * `after`.
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

  /** The first page, with the response's metadata. */
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

  /** All rows, or the first `limit`; fetches only the pages needed. */
  async toArray({ limit = Number.POSITIVE_INFINITY }: { limit?: number } = {}): Promise<Node[]> {
    const rows: Node[] = [];
    if (limit <= 0) return rows;
    for await (const row of this) if (rows.push(row) >= limit) break;
    return rows;
  }
}

/**
 * Turns any connection into a list: of your own query, or inside a row.
 *
 * @param fetch fetches the page after this position and returns its connection
 * @example
 * const members = paginate(async (after) => (await client.query({ members: { $: { after }, pageInfo: { hasNextPage: true, endCursor: true }, nodes: { name: true } } })).members);
 */
export function paginate<One extends Page<unknown>>(
  fetch: (after: string | undefined) => Promise<One>,
): Omit<List<One["nodes"][number], One>, "withResponse"> & AsyncIterable<One["nodes"][number]> {
  return new List<One["nodes"][number], One>(({ after }) => fetch(after) as Call<One>);
}

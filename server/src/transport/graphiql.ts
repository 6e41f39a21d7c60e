import type { ServerResponse } from "node:http";

export interface GraphiqlOptions {
  query: string;
  headers: Record<string, string>;
}

/** 9 MB of text, built once, when somebody first opens the page. */
let page: Promise<Buffer> | null = null;

/** How long a reader may take to load it, in milliseconds. */
const longestMs = 60_000;
/** Of all readers together at once; the next one comes back. */
const mostReaders = 8;
let readers = 0;

/** GraphiQL with everything inside: it works without a network. */
export async function sendGraphiql(res: ServerResponse, options: GraphiqlOptions): Promise<void> {
  if (readers >= mostReaders) {
    res.writeHead(503, { "retry-after": "1", "content-type": "text/plain" });
    return void res.end("Too many browsers are loading this page; load it again in a moment.");
  }
  readers++;
  const timer = setTimeout(() => res.destroy(), longestMs);
  res.once("close", () => {
    clearTimeout(timer);
    readers--;
  });
  page ??= render(options);
  const text = await page;
  res.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-length": text.length,
    "cache-control": "no-store",
    "x-frame-options": "DENY",
    // GraphiQL is one page with everything inside; it loads nothing else and sends nothing elsewhere.
    "content-security-policy":
      "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; style-src 'unsafe-inline'; img-src data:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
  res.end(text);
}

async function render({ query, headers }: GraphiqlOptions): Promise<Buffer> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  return Buffer.from(
    renderGraphiQL({
      title: "Tiketti GraphiQL",
      endpoint: "/graphql",
      defaultQuery: query,
      headers: JSON.stringify(headers, null, 2),
      // Stored headers would outlive their token and hide the key of a new demo.
      shouldPersistHeaders: false,
      credentials: "omit",
      // as never: the type of the options lacks `credentials`.
    } as never),
  );
}

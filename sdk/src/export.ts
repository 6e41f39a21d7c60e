/** Files from the server, as streams. */
import type { TimeEntryFilter } from "./_generated/types.ts";
import { type Core, infoOf, read } from "./core.ts";
import { TikettiError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { throwIfAborted } from "./wait.ts";

export interface ExportArguments {
  /** The filter, as in `time.list`. Default: all that you can export. */
  filter?: TimeEntryFilter | null | undefined;
  /** Whether the file begins with a byte order mark, which Excel needs. Default: false. */
  bom?: boolean | undefined;
  /** The separator of cells. Default: comma. */
  delimiter?: "comma" | "semicolon" | "tab" | undefined;
  /** The decimal separator. Default: point. */
  decimal?: "point" | "comma" | undefined;
  /**
   * A preset for Excel in that language. -at, -de, -es, -fr, -it, -nl and -pl set a semicolon, a decimal comma and the
   * byte order mark; -ch the same with a decimal point; -gb and -us a comma, a decimal point and the mark. Other
   * options override it.
   */
  preset?: ExportPreset | undefined;
}

export type ExportPreset =
  | "excel-at"
  | "excel-ch"
  | "excel-de"
  | "excel-es"
  | "excel-fr"
  | "excel-gb"
  | "excel-it"
  | "excel-nl"
  | "excel-pl"
  | "excel-us";

export interface ExportOptions extends CallOptions {
  /** Called after each part of the file is read. */
  onProgress?: ((progress: ExportProgress) => void) | undefined;
}

export interface ExportProgress {
  /** Bytes of the file so far. */
  bytes: number;
  /** Entries so far. */
  rows: number;
  /** Entries that matched when the export began. */
  totalRows: number | null;
}

/** A file being received: read it as a stream, loop over its parts, or read it whole. It can be read once. */
export interface ExportedFile extends AsyncIterable<Uint8Array> {
  /** The server's name for it, such as `time-entries-2026-11-25.csv`. */
  filename: string;
  /** Entries that matched when the export began; null if unknown. */
  totalRows: number | null;
  /** UTF-8. It fails with a TikettiError (NETWORK) if the file breaks off and is incomplete. */
  stream: ReadableStream<Uint8Array>;
  /** The whole file, in memory. */
  text(): Promise<string>;
}

/**
 * Rejects with FORBIDDEN, VALIDATION, RATE_LIMITED (too many exports at once), UNAVAILABLE, or the codes of any call.
 */
export function exportTimeEntries(
  core: Core,
  { filter, ...form }: ExportArguments = {},
  options: ExportOptions = {},
): Promise<ExportedFile> {
  // Next to the endpoint, whatever its path.
  const address = new URL("exports/time-entries.csv", core.endpoint);
  if (filter) address.searchParams.set("filter", JSON.stringify(filter));
  for (const [name, value] of Object.entries(form))
    if (value !== undefined) address.searchParams.set(name, String(value));
  return core.retry({ name: "time.export", isOnce: false }, options, async ({ credentials }) => {
    const response = await core.withTimeout("time.export", options, (signal) =>
      (core.options.fetch ?? fetch)(address, {
        redirect: "manual",
        signal,
        headers: { ...credentials, ...options.headers },
      }),
    );
    if (!response.ok || !response.body) read(await response.text(), response, infoOf(response), address.href);
    return fileOf(response, options);
  });
}

function fileOf(response: Response, { signal, onProgress }: ExportOptions): ExportedFile {
  const count = response.headers.get("x-row-count");
  const totalRows = count === null ? null : Number(count);
  const stream = (response.body as ReadableStream<Uint8Array>).pipeThrough(counted(totalRows, onProgress));
  const reading = toTyped(stream, signal);
  return {
    filename: /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? "time-entries.csv",
    totalRows,
    stream: reading,
    text: () => new Response(reading).text(),
    [Symbol.asyncIterator]: () => partsOf(reading),
  };
}

/** Counts bytes, and lines outside quotes; the first is the header. */
function counted(
  totalRows: number | null,
  onProgress: ExportOptions["onProgress"],
): TransformStream<Uint8Array, Uint8Array> {
  let [bytes, rows, isQuoted] = [0, -1, false];
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      for (const byte of chunk) {
        if (byte === 0x22) isQuoted = !isQuoted;
        else if (byte === 0x0a && !isQuoted) rows++;
      }
      controller.enqueue(chunk);
      onProgress?.({ bytes, rows: Math.max(rows, 0), totalRows });
    },
  });
}

/** The same stream, with errors of this package. */
function toTyped(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        throwIfAborted(signal, cause);
        throw new TikettiError({
          code: "NETWORK",
          message: "The export broke off, so the file is incomplete; start it again.",
          isRetryable: true,
          cause,
        });
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}

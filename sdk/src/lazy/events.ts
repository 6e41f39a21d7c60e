/** Live updates as server-sent events over fetch, for when sockets are missing or blocked. */
import { type Core, infoOf, read } from "../core.ts";
import { TikettiError } from "../errors.ts";
import type { LiveResult } from "../live-types.ts";

/** The server sends a comment every 12 seconds: after missing more than two, the connection is lost. */
const silenceMs = 30_000;

export async function* overEvents(
  core: Core,
  operation: { query: string; variables: Record<string, unknown> | undefined },
  signal: AbortSignal,
): AsyncGenerator<LiveResult, void, void> {
  const own = new AbortController();
  let watch: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(watch);
    watch = setTimeout(() => own.abort(), silenceMs);
  };
  let authorization: string | undefined;
  const ask = async (refused: string | null) => {
    const credentials = await core.credentials(refused);
    authorization = credentials.authorization;
    return core.send(operation, {
      signal: AbortSignal.any([signal, own.signal]),
      headers: { accept: "text/event-stream", ...credentials },
    });
  };
  heard();
  core.options.onLive?.("connecting");
  try {
    let response = await ask(null);
    if (response.status === 401 && core.canAskAgain) response = await ask(authorization ?? "");
    if (!response.headers.get("content-type")?.startsWith("text/event-stream")) throw await refusalOf(core, response);
    core.options.onLive?.("connected");
    let text = "";
    const decoder = new TextDecoder();
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard();
      text += decoder.decode(value, { stream: true }).replaceAll("\r\n", "\n");
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const event = parse(block);
        if (event.name === "next") yield JSON.parse(event.data) as LiveResult;
        if (event.name === "complete") return;
      }
    }
    throw new TikettiError({ code: "NETWORK", message: "The stream of events ended.", isRetryable: true });
  } catch (error) {
    if (!signal.aborted) core.options.onLive?.("lost");
    throw error;
  } finally {
    clearTimeout(watch);
    own.abort();
  }
}

function parse(block: string): { name: string; data: string } {
  let name = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  }
  return { name, data: data.join("\n") };
}

/** Converts an answer other than events to the error that a call would get. */
async function refusalOf(core: Core, response: Response): Promise<unknown> {
  const info = infoOf(response);
  try {
    read(await response.text(), response, info, core.endpoint);
  } catch (error) {
    return error;
  }
  return new TikettiError({
    code: "BAD_RESPONSE",
    message: `${core.endpoint} answered a subscription with one result instead of events; check whether a proxy removes the Accept header.`,
    status: info.status,
    requestId: info.requestId,
  });
}

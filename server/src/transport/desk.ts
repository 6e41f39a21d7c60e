/** Serves a frontend's built files at /desk, so that one process is enough for a small team. */
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { lookup } from "mrmime";
import { OperatorError } from "../wire/errors.ts";

export const deskPath = "/desk";

export type Desk = (req: IncomingMessage, res: ServerResponse) => void;

/** Allows only this server's own files and API; no page can put this one into a frame. */
const policy =
  "default-src 'self'; img-src 'self' https: data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** A build has one or two megabytes; a larger folder isn't a frontend's build. */
const largestBytes = 50_000_000;

interface File {
  body: Buffer;
  type: string;
  etag: string;
}

/**
 * Reads the files once, at the start: a rebuild beside the running server changes nothing for it, and readers that go
 * away leave nothing open.
 *
 * @throws OperatorError when the folder can't be served
 */
export async function openDesk(folder: string): Promise<Desk> {
  const files = await readFiles(folder);
  const page = files.get("/index.html");
  if (!page) throw new OperatorError(`TIKETTI_DESK is ${folder}, which contains no index.html.`);
  return (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") return answer(req, res, 405, { allow: "GET, HEAD" });
    const [address = "", search] = (req.url ?? "").split("?");
    if (address === deskPath) return answer(req, res, 308, { location: `${deskPath}/${search ? `?${search}` : ""}` });
    const name = decoded(address.slice(deskPath.length));
    const file = name === null ? undefined : files.get(name);
    // Addresses inside the frontend get its page, except those that look like a missing file.
    if (!file && (name === null || path.extname(name) !== "")) return answer(req, res, 404, {});
    send(req, res, file ?? page, file !== undefined && (name as string).startsWith("/assets/"));
  };
}

async function readFiles(folder: string): Promise<Map<string, File>> {
  const root = await realpath(folder);
  const files = new Map<string, File>();
  let bytes = 0;
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const full = path.join(entry.parentPath, entry.name);
    const name = path.relative(root, full).split(path.sep).join("/");
    if (entry.isSymbolicLink())
      throw new OperatorError(
        `TIKETTI_DESK must not contain links, and ${name} is one; serve a folder of built files.`,
      );
    if (!entry.isFile() || name.split("/").some((part) => part.startsWith("."))) continue;
    bytes += (await stat(full)).size;
    if (bytes > largestBytes)
      throw new OperatorError(
        `TIKETTI_DESK is ${folder}, which contains over ${largestBytes / 1e6} MB; name the folder of built files.`,
      );
    const body = await readFile(full);
    files.set(`/${name}`, {
      body,
      type: lookup(name) ?? "application/octet-stream",
      etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    });
  }
  return files;
}

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name);
  } catch {
    return null;
  }
}

function send(req: IncomingMessage, res: ServerResponse, { body, type, etag }: File, isHashed: boolean): void {
  const headers = {
    etag,
    "content-security-policy": policy,
    "referrer-policy": "no-referrer",
    // Built files have a hash in their names; the page that names them must be loaded again.
    "cache-control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
  };
  if (req.headers["if-none-match"] === etag) {
    res.writeHead(304, headers);
    res.end();
    return;
  }
  const charset = type.startsWith("text/") ? "; charset=utf-8" : "";
  res.writeHead(200, { ...headers, "content-type": `${type}${charset}`, "content-length": body.length });
  res.end(req.method === "HEAD" ? undefined : body);
}

const texts: Record<number, string> = { 404: "This file doesn't exist.\n", 405: "Read files with GET.\n" };

function answer(req: IncomingMessage, res: ServerResponse, status: number, headers: Record<string, string>): void {
  res.writeHead(status, { ...headers, "content-type": "text/plain; charset=utf-8", "cache-control": "no-cache" });
  res.end(req.method === "HEAD" ? undefined : texts[status]);
}

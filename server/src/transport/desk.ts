/** Serves a frontend's built files at /desk, so that one process is enough for a small team. */
import type { IncomingMessage, ServerResponse } from "node:http";

export const deskPath = "/desk";

export type Desk = (req: IncomingMessage, res: ServerResponse) => void;

/** Nothing but this server's own files and API, and nobody may put the page into a frame. */
const policy =
  "default-src 'self'; img-src 'self' https: data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export async function openDesk(folder: string): Promise<Desk> {
  const { default: sirv } = await import("sirv");
  const files = sirv(folder, {
    // Addresses inside the frontend are the frontend's own.
    single: true,
    etag: true,
    setHeaders(res, pathname) {
      res.setHeader("content-security-policy", policy);
      res.setHeader("referrer-policy", "no-referrer");
      // Built files carry a hash in their names; the page that names them is asked for anew.
      res.setHeader(
        "cache-control",
        pathname.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
  return (req, res) => {
    const [path = "", ...search] = (req.url ?? "").split("?");
    if (path === deskPath) {
      res.writeHead(308, { location: `${deskPath}/${search.length > 0 ? `?${search.join("?")}` : ""}` });
      res.end();
      return;
    }
    req.url = (req.url ?? "").slice(deskPath.length);
    files(req, res, () => {
      res.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      res.end("There is no such file.\n");
    });
  };
}

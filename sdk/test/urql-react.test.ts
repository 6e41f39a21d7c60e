/** The snippet with urql and React, on a page in Chromium whose origin has the API too. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { createTiketti } from "@tiketti/sdk";
import { build } from "esbuild";
import { expect, inject, it } from "vitest";
import { openBrowser } from "./browser.ts";

const { url, apiKey } = inject("server");

it("shows open tickets, and answers one", async () => {
  const { ticket } = await createTiketti({ url, apiKey }).tickets.create({
    subject: "Shown by urql",
    contact: { person: { name: "Urql", email: "urql@example.com" } },
  });
  const folder = path.resolve(import.meta.dirname, "../../examples/urql-react");
  const { outputFiles } = await build({
    stdin: {
      contents: `import { createRoot } from "react-dom/client"; import { App } from "./tickets.tsx"; createRoot(document.body).render(<App />);`,
      resolveDir: folder,
      loader: "tsx",
    },
    bundle: true,
    write: false,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const pages = createServer(async (req, res) => {
    if (req.url === "/app.js") return void res.setHeader("content-type", "text/javascript").end(outputFiles[0]?.text);
    if (req.url !== "/graphql")
      return void res
        .setHeader("content-type", "text/html")
        .end('<!doctype html><body><script type="module" src="/app.js"></script>');
    const { authorization = "", "content-type": type = "", accept = "" } = req.headers;
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { authorization, accept, "content-type": type },
      body: await buffer(req),
    });
    res.setHeader("content-type", answer.headers.get("content-type") ?? "").end(await answer.text());
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  const browser = await openBrowser();
  const page = await browser.newPage();
  await page.addInitScript(`localStorage.setItem("token", ${JSON.stringify(apiKey)})`);
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`);
  const row = page.locator("li", { hasText: "Shown by urql" });
  await row.waitFor();
  await row.getByRole("button", { name: "Answer" }).click();
  const messages = () =>
    createTiketti({ url, apiKey })
      .tickets.messages({ ticketId: ticket?.id as string })
      .toArray();
  await expect
    .poll(async () => (await messages()).map(({ bodyText }) => bodyText), { timeout: 10_000 })
    .toContain("On it!");
  await browser.close();
  pages.close();
});

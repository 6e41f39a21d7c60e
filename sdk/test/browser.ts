/** Chromium, as Debian has it. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

export async function openBrowser(more: string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? candidates.find((file) => existsSync(file));
  if (!executablePath)
    throw new Error("These tests need Chromium (apt-get install chromium, or the variable CHROMIUM with its path).");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}

/** Builds the package once, and starts one server with a demo for the suites that share one. */
import type { TestProject } from "vitest/node";
import { buildSdk } from "../scripts/build.ts";
import { startServer } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    server: { url: string; apiKey: string; password: string };
  }
}

export default async function setup(project: TestProject) {
  await buildSdk();
  const server = await startServer();
  const { url, apiKey, password } = server;
  project.provide("server", { url, apiKey, password });
  return () => server.remove();
}

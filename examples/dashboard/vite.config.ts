import { defineConfig } from "vite";

// The page and the API as one origin, as a proxy in front of both would have it.
const target = process.env.TIKETTI_URL ?? "http://127.0.0.1:4000";

export default defineConfig({
  root: import.meta.dirname,
  // The files may be served under any path.
  base: "./",
  server: {
    port: Number(process.env.DASHBOARD_PORT ?? 5173),
    proxy: { "/graphql": { target, ws: true } },
  },
  // No file becomes a data: address, so that a strict Content-Security-Policy lets all of them through.
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0 },
});

import { defineConfig } from "vite";

// The page and the API as one origin, as a proxy in front of both would have it.
const target = process.env.TIKETTI_URL ?? "http://127.0.0.1:4000";

export default defineConfig({
  root: import.meta.dirname,
  server: {
    port: Number(process.env.DASHBOARD_PORT ?? 5173),
    proxy: { "/graphql": { target, ws: true } },
  },
  build: { outDir: "dist", emptyOutDir: true },
});

/** nginx as a throwaway child, with a server block from the docs and a certificate of its own. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "./system-postgres.ts";
import { until } from "./until.ts";

/** TLS is what the docs end here; the tests talk to it in plain, so that no certificate has to be trusted. */
export async function startNginx(
  block: string,
  upstreamPort: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "tiketti-nginx-"));
  const [port, tlsPort] = [await freePort(), await freePort()];
  const certificate = path.join(folder, "own.pem");
  const privateKey = path.join(folder, "own.key");
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-days",
      "2",
      "-subj",
      "/CN=desk.example.com",
      "-keyout",
      privateKey,
      "-out",
      certificate,
    ],
    { stdio: "pipe" },
  );
  const own = block
    .replace("listen 443 ssl;", `listen 127.0.0.1:${tlsPort} ssl;\n  listen 127.0.0.1:${port};`)
    .replace(/ssl_certificate .*;/, `ssl_certificate ${certificate};`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${privateKey};`)
    .replace("http://127.0.0.1:4000", `http://127.0.0.1:${upstreamPort}`);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const file = path.join(folder, "nginx.conf");
  await writeFile(
    file,
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}\nhttp { access_log off; ${paths.join(" ")}\n${own}\n}\n`,
  );
  execFileSync("/usr/sbin/nginx", ["-t", "-c", file], { stdio: "pipe" });
  const child = spawn("/usr/sbin/nginx", ["-c", file], { stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await until("nginx passes requests on", () =>
    fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    async close() {
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

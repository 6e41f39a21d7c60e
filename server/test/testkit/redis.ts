import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";

export class RedisProcess {
  readonly #port: number;
  #child: ReturnType<typeof spawn> | null = null;

  constructor(port: number) {
    this.#port = port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const child = spawn("redis-server", [
      "--port",
      String(this.#port),
      "--save",
      "",
      "--appendonly",
      "no",
      "--bind",
      "127.0.0.1",
    ]);
    const failed = once(child, "error").then(([error]) => {
      throw new Error("These tests need redis-server on the PATH (apt-get install redis-server).", { cause: error });
    });
    this.#child = child;
    const ready = (async () => {
      for await (const chunk of child.stdout) if (/Ready to accept connections/.test(String(chunk))) return;
    })();
    await Promise.race([ready, failed]);
  }

  async flush(): Promise<void> {
    const socket = connect(this.#port, "127.0.0.1");
    socket.write("FLUSHALL\r\n");
    await once(socket, "data");
    socket.destroy();
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    this.#child = null;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

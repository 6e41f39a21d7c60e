import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Between two, and able to stop forwarding while both sides stay connected. */
export class TcpProxy {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  /** Pairs that forward nothing any more, although both sides are connected. */
  readonly #silent = new Set<[Socket, Socket]>();
  #isSilent = false;
  delayMs = 0;
  port = 0;

  constructor(toPort: number) {
    this.#server = createServer((near) => {
      const far = connect(toPort, "127.0.0.1");
      const pair: [Socket, Socket] = [near, far];
      this.#pairs.add(pair);
      if (this.#isSilent) this.#silent.add(pair);
      const pass = (to: Socket) => (chunk: Buffer) => {
        if (this.#silent.has(pair)) return;
        if (this.delayMs === 0) to.write(chunk);
        else setTimeout(() => to.write(chunk), this.delayMs);
      };
      near.on("data", pass(far));
      far.on("data", pass(near));
      for (const [one, other] of [pair, [far, near]] as const) {
        one.on("error", () => {});
        one.on("close", () => {
          this.#pairs.delete(pair);
          if (!this.#silent.has(pair)) other.destroy();
        });
      }
    });
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    this.port = (this.#server.address() as { port: number }).port;
  }

  /** From here on nothing is forwarded, of what is connected and of what connects. */
  silence(): void {
    this.#isSilent = true;
    for (const pair of this.#pairs) this.#silent.add(pair);
  }

  /** What connects is forwarded again; what was silenced stays so, since bytes of it are lost. */
  heal(): void {
    this.#isSilent = false;
  }

  /** One of the connections is reset, whichever `random` picks. */
  reset(random: () => number): void {
    const pairs = [...this.#pairs];
    pairs[Math.floor(random() * pairs.length)]?.[0].resetAndDestroy();
  }

  /** All of them are. */
  resetAll(): void {
    for (const [near] of this.#pairs) near.resetAndDestroy();
  }

  close(): void {
    this.#server.close();
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }
}

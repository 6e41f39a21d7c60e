import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { Turns } from "../lib/turns.ts";
import { inTurn } from "../wire/errors.ts";

const derive = promisify(argon2);

export interface PasswordCost {
  memoryKiB: number;
  passes: number;
}

/** OWASP's Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane. */
export const defaultPasswordCost: PasswordCost = { memoryKiB: 19 * 1024, passes: 2 };

/** Hashes and checks passwords with argon2id (RFC 9106); stored in PHC string format. */
export class Passwords {
  readonly #cost: PasswordCost;
  readonly #unknownUser: Promise<string>;
  // Each hash takes 19 MiB: a flood of sign-ins must not take the machine's memory.
  // One core is left for everything else, and a network gets a place at a time.
  readonly #turns = new Turns({
    atOnce: Math.max(1, Math.min(4, availableParallelism() - 1)),
    perGroup: 1,
    // An office that signs in at nine is served within that.
    waitMs: 8_000,
    mostWaiting: 100,
  });

  constructor(cost: PasswordCost = defaultPasswordCost) {
    this.#cost = cost;
    this.#unknownUser = this.hash(randomBytes(16).toString("hex"));
  }

  /** @param network of whoever waits for it, so that one doesn't wait for another's crowd */
  async hash(password: string, network = ""): Promise<string> {
    const salt = randomBytes(16);
    const tag = await this.#derive(password, salt, { ...this.#cost, network }, 32);
    const { memoryKiB, passes } = this.#cost;
    return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=1$${unpadded(salt)}$${unpadded(tag)}`;
  }

  /** Whether the password fits; without a stored hash it works just as long and says no. */
  async matches(password: string, stored: string | null, network = ""): Promise<boolean> {
    const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(
      stored ?? (await this.#unknownUser),
    );
    if (!match) throw new Error("A stored password hash is not argon2id in PHC format.");
    const [, memory, passes, salt, tag] = match as unknown as [string, string, string, string, string];
    const expected = Buffer.from(tag, "base64");
    const cost = { memoryKiB: Number(memory), passes: Number(passes), network };
    const actual = await this.#derive(password, Buffer.from(salt, "base64"), cost, expected.length);
    return timingSafeEqual(actual, expected) && stored !== null;
  }

  async #derive(
    password: string,
    nonce: Buffer,
    cost: PasswordCost & { network: string },
    tagLength: number,
  ): Promise<Buffer> {
    const work = () =>
      derive("argon2id", {
        // The same password typed on two systems may come composed or decomposed (RFC 8265, section 4.2).
        message: password.normalize("NFC"),
        nonce,
        parallelism: 1,
        tagLength,
        memory: cost.memoryKiB,
        passes: cost.passes,
      });
    return inTurn(this.#turns, { group: cost.network }, "sign-ins", work);
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}

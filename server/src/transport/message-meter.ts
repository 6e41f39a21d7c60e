/** How much is sent on sockets in this second: a message costs something before it is looked at. */
import { limits } from "./limits.ts";

export class MessageMeter {
  #second = 0;
  readonly #counts = new Map<string, { messages: number; bytes: number }>();

  /** Counts a message of a sender; whether it is one too many. A stranger's are those of its network together. */
  isTooMuch(sender: string, bytes: number, isStranger: boolean): boolean {
    const second = Math.floor(performance.now() / 1_000);
    if (second !== this.#second) this.#counts.clear();
    this.#second = second;
    const count = this.#counts.get(sender) ?? { messages: 0, bytes: 0 };
    count.messages++;
    count.bytes += bytes;
    this.#counts.set(sender, count);
    const [mostMessages, mostBytes] = isStranger
      ? [limits.anonymousMessages.value, limits.anonymousMessagesBytes.value]
      : [limits.socketMessages.value, limits.socketMessagesBytes.value];
    return count.messages > mostMessages || count.bytes > mostBytes;
  }
}

/**
 * A client may use an operation's id again as soon as it has completed it (graphql-transport-ws, "Complete"), while the old
 * operation still winds down here. So each operation has an id of its own inside, and whatever an old one still says comes
 * out under no id at all.
 */

/** What graphql-ws writes first; ids inside are digits. */
const start = '{"id":"';

export class OperationIds {
  #count = 0;
  readonly #inside = new Map<string, string>();
  readonly #outside = new Map<string, string>();

  /** A client's message with the id as it is inside; null: there is nothing to do. `taken` is the id that is in use. */
  inward(text: string): { text: string } | { taken: string } | null {
    const message = parse(text);
    const id = message?.id;
    if (typeof id !== "string" || id === "") return { text };
    if (message?.type === "subscribe") {
      if (this.#inside.has(id)) return { taken: id };
      const inside = String(++this.#count);
      this.#inside.set(id, inside);
      this.#outside.set(inside, id);
      return { text: JSON.stringify({ ...message, id: inside }) };
    }
    if (message?.type !== "complete") return { text };
    const inside = this.#inside.get(id);
    if (inside === undefined) return null;
    this.#forget(id, inside);
    return { text: JSON.stringify({ ...message, id: inside }) };
  }

  /** A server's message with the client's id; null for what belongs to an operation that was completed. */
  outward(text: string): string | null {
    if (!text.startsWith(start)) return text;
    const end = text.indexOf('"', start.length);
    const inside = text.slice(start.length, end);
    const id = this.#outside.get(inside);
    if (id === undefined) return null;
    const rest = text.slice(end + 1);
    if (rest.startsWith(',"type":"complete"') || rest.startsWith(',"type":"error"')) this.#forget(id, inside);
    return `{"id":${JSON.stringify(id)}${rest}`;
  }

  #forget(id: string, inside: string): void {
    this.#inside.delete(id);
    this.#outside.delete(inside);
  }
}

function parse(text: string): { id?: unknown; type?: unknown } | null {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === "object" && message !== null && !Array.isArray(message) ? message : null;
  } catch {
    return null;
  }
}

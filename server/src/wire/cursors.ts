import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { DomainError, invalid } from "./errors.ts";

/** A place in a list: which list and order, the last row's sort key and id. */
export interface PagePosition {
  /** Type and order, such as "Ticket CREATED_AT DESC": a cursor fits the list it came from. */
  list: string;
  key: string | number | null;
  id: string;
}

interface CursorKey {
  /** In front of each cursor: tells one of an earlier secret from one that nobody gave. */
  name: Buffer;
  key: Buffer;
}

const nameBytes = 3;
const signatureBytes = 16;

const pagePrefix = "page_";
const changePrefix = "change_";

/**
 * Cursors are opaque and signed for one organization: a forged one, one of another organization and
 * one of another list are refused, and a page position can't be taken for a change-log position.
 */
export class CursorCodec {
  readonly #keys: readonly CursorKey[];

  /** Signs with the first secret; takes cursors of all of them. */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => ({
      name: Buffer.from(hkdfSync("sha256", secret, "", "name of cursor key", nameBytes)),
      key: Buffer.from(hkdfSync("sha256", secret, "", "cursors", 32)),
    }));
  }

  encodePage(organizationId: string, position: PagePosition): string {
    return this.#seal(pagePrefix, organizationId, [position.list, position.key, position.id]);
  }

  /** @throws VALIDATION, or CURSOR_EXPIRED when the server's secret was changed since */
  decodePage(organizationId: string, list: string, cursor: string, argument: string): PagePosition {
    if (cursor.startsWith(changePrefix)) {
      throw invalid(
        [argument],
        "This is a ChangeCursor (a change-log position); a page Cursor is expected here.",
        "WRONG_CURSOR",
      );
    }
    const body = this.#open(pagePrefix, organizationId, cursor, argument);
    const [from, key, id] = body as [string, string | number | null, string];
    if (from !== list) {
      throw invalid(
        [argument],
        `This cursor belongs to the list "${from}" and can't be used in "${list}". After a change of order, start again without a cursor.`,
        "WRONG_CURSOR",
      );
    }
    return { list, key, id };
  }

  encodeChange(organizationId: string, changeNumber: bigint): string {
    return this.#seal(changePrefix, organizationId, String(changeNumber));
  }

  /** @throws VALIDATION, or CURSOR_EXPIRED when the server's secret was changed since */
  decodeChange(organizationId: string, cursor: string, argument: string): number {
    if (cursor.startsWith(pagePrefix)) {
      throw invalid(
        [argument],
        "This is a Cursor (a position in a list); a ChangeCursor is expected here, such as asOf or a change's cursor.",
        "WRONG_CURSOR",
      );
    }
    return Number(this.#open(changePrefix, organizationId, cursor, argument));
  }

  #seal(prefix: string, organizationId: string, body: unknown): string {
    const payload = Buffer.from(JSON.stringify(body));
    const key = this.#keys[0] as CursorKey;
    return (
      prefix + Buffer.concat([key.name, sign(key, prefix, organizationId, payload), payload]).toString("base64url")
    );
  }

  #open(prefix: string, organizationId: string, cursor: string, argument: string): unknown {
    const bytes = cursor.startsWith(prefix) ? Buffer.from(cursor.slice(prefix.length), "base64url") : null;
    if (!bytes || bytes.length <= nameBytes + signatureBytes) throw this.#unknown(argument);
    const key = this.#keys.find(({ name }) => name.equals(bytes.subarray(0, nameBytes)));
    if (!key) throw ofAnotherSecret(argument);
    const signature = bytes.subarray(nameBytes, nameBytes + signatureBytes);
    const payload = bytes.subarray(nameBytes + signatureBytes);
    if (!timingSafeEqual(signature, sign(key, prefix, organizationId, payload))) throw this.#unknown(argument);
    return JSON.parse(payload.toString("utf8"));
  }

  #unknown(argument: string): DomainError {
    return invalid(
      [argument],
      "This is not a cursor from this server and organization; pass a cursor exactly as the server returned it.",
      "INVALID_CURSOR",
    );
  }
}

function sign({ key }: CursorKey, prefix: string, organizationId: string, payload: Buffer): Buffer {
  return createHmac("sha256", key)
    .update(prefix)
    .update(organizationId)
    .update(payload)
    .digest()
    .subarray(0, signatureBytes);
}

function ofAnotherSecret(argument: string): DomainError {
  return new DomainError(
    "CURSOR_EXPIRED",
    `The cursor in "${argument}" was not signed with the server's current secret: the secret has changed, or the cursor is from another server. Read the list again from its start.`,
  );
}

import { isTikettiError } from "@tiketti/sdk";
import type { Ticket } from "../live/use-thread.ts";

export interface Newer {
  id: string;
  bodyText: string;
}

/** The messages that the server names when a reply answers an older state of the thread; null for other errors. */
export function parseNewer(error: unknown): Newer[] | null {
  if (!isTikettiError(error, "CONFLICT")) return null;
  const { newerMessages } = (error.details ?? {}) as { newerMessages?: unknown };
  if (!Array.isArray(newerMessages)) return null;
  return newerMessages.map((one: { messageId?: unknown; id?: unknown; bodyText?: unknown }) => ({
    id: String(one.messageId ?? one.id ?? ""),
    bodyText: String(one.bodyText ?? ""),
  }));
}

/** The public messages after the one that was read last. */
export function newerThan(ticket: Ticket, lastReadId: string | null): Newer[] {
  const messages = ticket.messages.nodes.filter(({ visibility, isDeleted }) => visibility === "PUBLIC" && !isDeleted);
  return messages.slice(messages.findIndex(({ id }) => id === lastReadId) + 1);
}

/** What was written in between, and whether to send all the same. */
export function NewerMessages({
  ticket,
  newer,
  onSend,
  onKeep,
}: {
  ticket: Ticket;
  newer: Newer[];
  onSend: () => void;
  onKeep: () => void;
}) {
  const authorOf = (id: string) => ticket.messages.nodes.find((message) => message.id === id)?.author.name;
  return (
    <div className="newer" role="alert">
      <strong>
        Not sent yet: {newer.length === 1 ? "a message came" : `${newer.length} messages came`} after you began to
        write.
      </strong>
      <ol>
        {newer.map(({ id, bodyText }) => (
          <li key={id}>
            {authorOf(id) && <b>{authorOf(id)}: </b>}
            {bodyText}
          </li>
        ))}
      </ol>
      <span className="send">
        <button type="button" onClick={onKeep}>
          Keep writing
        </button>
        <button type="button" className="primary" onClick={onSend}>
          Send anyway
        </button>
      </span>
    </div>
  );
}

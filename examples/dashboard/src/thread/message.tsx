import type { Message } from "../live/use-thread.ts";
import { ago, initials } from "../words.ts";

/** One entry of a thread: a customer's message, a reply or a note. */
export function MessageItem({ message }: { message: Message }) {
  const { author, bodyText, createdAt, visibility, direction, delivery, isDeleted } = message;
  const kind = visibility === "INTERNAL" ? "note" : direction === "INBOUND" ? "inbound" : "outbound";
  return (
    <li className={`message ${kind}`}>
      <span className="avatar" aria-hidden="true">
        {initials(author.name)}
      </span>
      <div>
        <p className="by">
          <strong>{author.name}</strong>
          {kind === "note" && <span className="tag">Note</span>}
          <time dateTime={createdAt} title={new Date(createdAt).toLocaleString()}>
            {ago(createdAt)}
          </time>
          {delivery.state === "QUEUED" && <span className="state">queued</span>}
        </p>
        <p className="body">{isDeleted ? <em>This message was deleted.</em> : bodyText}</p>
      </div>
    </li>
  );
}

import { useEffect, useRef } from "react";
import type { Row } from "../live/use-tickets.ts";
import { ago, initials, priorityNames, statusNames, waited } from "../words.ts";

interface Props {
  ticket: Row;
  isCurrent: boolean;
  isSelected: boolean;
  light: string;
  onOpen: () => void;
  onSelect: () => void;
}

/** One ticket of a list: what it is, whose it is, what was said last and who waits. */
export function TicketRow({ ticket, isCurrent, isSelected, light, onOpen, onSelect }: Props) {
  const { code, subject, status, contact, company, lastMessage, lastActivityAt } = ticket;
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  return (
    <li className={`${light}${isSelected ? " selected" : ""}`}>
      <label className="select">
        <input type="checkbox" aria-label={`Select ${code}`} checked={isSelected} onChange={onSelect} />
      </label>
      <button type="button" ref={row} className="row" aria-current={isCurrent ? "true" : undefined} onClick={onOpen}>
        <span className="first">
          <span className={`dot ${status.toLowerCase()}`} title={statusNames[status]} />
          <span className="subject">{subject}</span>
          <time dateTime={lastActivityAt}>{ago(lastActivityAt)}</time>
        </span>
        <span className="second">
          <span className="code">{code}</span>
          <span className="from">
            {contact.name}
            {company && ` · ${company.name}`}
          </span>
          <Assignee ticket={ticket} />
        </span>
        {lastMessage && (
          <span className="preview">
            {lastMessage.direction === "OUTBOUND" && <span title="From the team">↩ </span>}
            {lastMessage.preview}
          </span>
        )}
        <Tags ticket={ticket} />
      </button>
    </li>
  );
}

function Assignee({ ticket: { assignee } }: { ticket: Row }) {
  if (!assignee) return <span className="avatar small nobody" title="Assigned to nobody" />;
  return (
    <span className="avatar small" title={`Assigned to ${assignee.name}`}>
      {initials(assignee.name)}
    </span>
  );
}

function Tags({ ticket: { priority, waitingSince, labels } }: { ticket: Row }) {
  return (
    <span className="third">
      <span className={`tag ${priority.toLowerCase()}`} title="Priority">
        {priorityNames[priority]}
      </span>
      {waitingSince && (
        <span className="waiting" title={`The customer has waited since ${new Date(waitingSince).toLocaleString()}`}>
          waits {waited(waitingSince)}
        </span>
      )}
      {labels.map((label) => (
        <span key={label.id} className="tag" style={{ "--label": label.color } as object}>
          {label.name}
        </span>
      ))}
    </span>
  );
}

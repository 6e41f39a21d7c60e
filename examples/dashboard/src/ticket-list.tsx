import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import type { LiveList, Ticket } from "./use-live.ts";
import { ago, initials, priorityNames, statusNames } from "./words.ts";

interface Props {
  list: LiveList;
  title: string;
  search: string;
  searchField: RefObject<HTMLInputElement | null>;
  onSearch: (text: string) => void;
  selected: string | null;
  onOpen: (code: string) => void;
  sign: ReactNode;
}

export function TicketList({ list, title, search, searchField, onSearch, selected, onOpen, sign }: Props) {
  const { tickets, fault, latest, hasMore, loadMore } = list;
  return (
    <section className="list" aria-label={title}>
      <header>
        <h1>{title}</h1>
        {sign}
        <input
          ref={searchField}
          type="search"
          placeholder="Filter this list   /"
          aria-label="Filter this list"
          value={search}
          onChange={({ target }) => onSearch(target.value)}
        />
      </header>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {tickets === null && !fault && <Skeleton />}
      {tickets?.length === 0 && (
        <div className="empty">
          <strong>{search ? "No ticket here says that." : "Nothing here."}</strong>
          <span>{search ? "Clear the filter to see the whole list." : "New tickets appear by themselves."}</span>
        </div>
      )}
      <ul>
        {tickets?.map((ticket) => (
          <Row
            key={ticket.id}
            ticket={ticket}
            isSelected={ticket.code === selected}
            light={latest?.ticketId === ticket.id ? latest.setChange.toLowerCase() : ""}
            onOpen={() => onOpen(ticket.code)}
          />
        ))}
      </ul>
      {hasMore && (
        <button type="button" className="more" onClick={loadMore}>
          Show more
        </button>
      )}
    </section>
  );
}

function Row({
  ticket,
  isSelected,
  light,
  onOpen,
}: {
  ticket: Ticket;
  isSelected: boolean;
  light: string;
  onOpen: () => void;
}) {
  const { code, subject, status, priority, contact, company, assignee, labels, lastActivityAt } = ticket;
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li className={light}>
      <button type="button" ref={row} className="row" aria-current={isSelected ? "true" : undefined} onClick={onOpen}>
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
          {assignee ? (
            <span className="avatar small" title={`Assigned to ${assignee.name}`}>
              {initials(assignee.name)}
            </span>
          ) : (
            <span className="avatar small nobody" title="Assigned to nobody" />
          )}
        </span>
        {(labels.length > 0 || priority === "HIGH" || priority === "URGENT") && (
          <span className="third">
            {(priority === "HIGH" || priority === "URGENT") && (
              <span className={`tag ${priority.toLowerCase()}`}>{priorityNames[priority]}</span>
            )}
            {labels.map((label) => (
              <span key={label.id} className="tag" style={{ "--label": label.color } as object}>
                {label.name}
              </span>
            ))}
          </span>
        )}
      </button>
    </li>
  );
}

function Skeleton() {
  return (
    <ul className="skeleton" aria-hidden="true">
      {["a", "b", "c", "d", "e"].map((key) => (
        <li key={key} />
      ))}
    </ul>
  );
}

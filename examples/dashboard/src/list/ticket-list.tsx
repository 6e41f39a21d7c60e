import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import type { LiveList } from "../live/use-tickets.ts";
import type { Fault } from "../notices/faults.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { mostTickets } from "./bulk-changes.ts";
import { TicketRow } from "./ticket-row.tsx";

interface Props {
  list: LiveList & { fault: Fault | null };
  title: string;
  search: string;
  searchField: RefObject<HTMLInputElement | null>;
  onSearch: (text: string) => void;
  /** The code of the ticket that is open. */
  current: string | null;
  onOpen: (code: string) => void;
  selected: ReadonlySet<string>;
  onSelect: (ids: string[]) => void;
  isTrash: boolean;
  /** Null where the viewer may not create one. */
  onNew: (() => void) | null;
  sign: ReactNode;
}

export function TicketList(props: Props) {
  const { list, title, current, onOpen, selected, onSelect, isTrash } = props;
  const { tickets, fault, latest, hasMore, loadMore } = list;
  const chosen = tickets?.filter(({ id }) => selected.has(id)) ?? [];
  const toggle = (id: string) =>
    onSelect(selected.has(id) ? [...selected].filter((one) => one !== id) : [...selected, id]);
  return (
    <section className="list" aria-label={title}>
      <Head {...props} />
      {chosen.length > 0 && <BulkBar rows={chosen} isTrash={isTrash} onSelect={onSelect} />}
      {fault && (
        <p className={fault.isAway ? "fault away" : "fault"} role="alert">
          {fault.text}
        </p>
      )}
      {tickets === null && !fault && <Skeleton />}
      {tickets?.length === 0 && <Empty isSearched={props.search !== ""} />}
      <ul>
        {tickets?.map((ticket) => (
          <TicketRow
            key={ticket.id}
            ticket={ticket}
            isCurrent={ticket.code === current}
            isSelected={selected.has(ticket.id)}
            light={latest?.ticketId === ticket.id ? latest.setChange.toLowerCase() : ""}
            onOpen={() => onOpen(ticket.code)}
            onSelect={() => toggle(ticket.id)}
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

function Head({ list, title, search, searchField, onSearch, selected, onSelect, onNew, sign }: Props) {
  const shown = list.tickets?.slice(0, mostTickets).map(({ id }) => id) ?? [];
  const all = useRef<HTMLInputElement>(null);
  const count = shown.filter((id) => selected.has(id)).length;
  useEffect(() => {
    if (all.current) all.current.indeterminate = count > 0 && count < shown.length;
  }, [count, shown.length]);
  return (
    <header>
      <div className="line">
        <input
          ref={all}
          type="checkbox"
          aria-label="Select all"
          disabled={shown.length === 0}
          checked={count > 0 && count === shown.length}
          onChange={() => onSelect(count > 0 ? [] : shown)}
        />
        <h1>{title}</h1>
        {sign}
      </div>
      <div className="line">
        <input
          ref={searchField}
          type="search"
          placeholder="Filter this list   /"
          aria-label="Filter this list"
          value={search}
          onChange={({ target }) => onSearch(target.value)}
        />
        {onNew && (
          <button type="button" className="new" data-key="new" onClick={onNew}>
            New ticket
          </button>
        )}
      </div>
    </header>
  );
}

function Empty({ isSearched }: { isSearched: boolean }) {
  return (
    <div className="empty">
      <strong>{isSearched ? "No ticket here says that." : "Nothing here."}</strong>
      <span>{isSearched ? "Clear the filter to see the whole list." : "New tickets appear by themselves."}</span>
    </div>
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

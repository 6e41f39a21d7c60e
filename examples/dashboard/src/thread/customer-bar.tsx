import type { FormEvent } from "react";
import { useDesk } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import { statusNames } from "../words.ts";
import { whyNot } from "./reasons.ts";
import { participantAddition, participantRemoval } from "./ticket-changes.ts";

interface Props {
  ticket: Ticket;
  onOpen: (code: string) => void;
  onClose: () => void;
}

/** Who the customer is. What the viewer may not see is null, and isn't shown. */
export function CustomerBar({ ticket, onOpen, onClose }: Props) {
  const { contact } = ticket;
  const company = contact.company ?? ticket.company;
  const rows: [name: string, value: string | null | undefined][] = [
    ["E-mail", contact.email],
    ["Phone", contact.phone],
    ["Company", company?.name],
    ["Notes", contact.notes],
  ];
  return (
    <aside className="customer" aria-label="Customer">
      <header>
        <h3>{contact.name}</h3>
        <button type="button" className="quiet bar-close" aria-label="Close" onClick={onClose}>
          ×
        </button>
      </header>
      <dl>
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <OtherTickets ticket={ticket} onOpen={onOpen} />
      <Participants ticket={ticket} />
    </aside>
  );
}

function OtherTickets({ ticket, onOpen }: { ticket: Ticket; onOpen: (code: string) => void }) {
  const { contact } = ticket;
  const others = contact.tickets.nodes.filter(({ id }) => id !== ticket.id).slice(0, 5);
  if (others.length === 0) return null;
  return (
    <section aria-label="Other tickets">
      <h4>
        Other tickets <span className="hint">{contact.ticketCount - 1}</span>
      </h4>
      <ul className="others">
        {others.map(({ id, code, subject, status }) => (
          <li key={id}>
            <button
              type="button"
              className="quiet"
              onClick={() => onOpen(code)}
              title={`${code}, ${statusNames[status]}`}
            >
              <span className={`dot ${status.toLowerCase()}`} />
              <span className="subject">{subject}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Participants({ ticket }: { ticket: Ticket }) {
  const { tiketti, changes, viewer } = useDesk();
  const why = whyNot("update", ticket, viewer);
  const add = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const email = String(new FormData(form).get("email")).trim();
    if (email && (await changes.make(participantAddition(tiketti, ticket, email)))) form.reset();
  };
  return (
    <section aria-label="Participants">
      <h4>Participants</h4>
      <ul className="participants">
        {ticket.participants.length === 0 && <li className="hint">Nobody else gets the replies.</li>}
        {ticket.participants.map((one) => (
          <li key={one.id}>
            <span className="subject" title={one.email ?? undefined}>
              {one.name}
            </span>
            {why === null && (
              <button
                type="button"
                className="quiet"
                aria-label={`Remove ${one.name}`}
                onClick={() => changes.make(participantRemoval(tiketti, ticket, one))}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      {why === null && (
        <form className="add" onSubmit={add}>
          <input name="email" type="email" aria-label="E-mail of a participant" placeholder="E-mail to add" required />
          <button type="submit">Add</button>
        </form>
      )}
    </section>
  );
}

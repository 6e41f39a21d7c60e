import { useDesk } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import { FormWindow } from "../widgets/form-window.tsx";

interface Props {
  ticket: Ticket;
  onClose: () => void;
  onMerged: (code: string) => void;
}

/** Moves the ticket's messages, time and participants to another one. */
export function Merge({ ticket, onClose, onMerged }: Props) {
  const { tiketti, notices } = useDesk();
  const { code, contact } = ticket;
  const others = contact.tickets.nodes.filter((other) => other.id !== ticket.id);
  const merge = async (form: FormData) => {
    const into = String(form.get("into")).trim().toUpperCase();
    const { ticket: kept } = await tiketti.tickets.merge({ ticketId: ticket.id, into: { code: into } });
    notices.changed(`${code} is merged into ${kept?.code ?? into}.`, { whyNot: "A merge can't be undone." });
    onMerged(kept?.code ?? into);
  };
  return (
    <FormWindow title={`Merge ${code}`} submit="Merge" onClose={onClose} onSubmit={merge}>
      <label>
        Into the ticket that is kept
        <input name="into" list="merge-into" placeholder="NORD-1" required autoComplete="off" />
      </label>
      <datalist id="merge-into">
        {others.map((other) => (
          <option key={other.id} value={other.code}>
            {other.subject}
          </option>
        ))}
      </datalist>
      <p className="hint">
        Messages, time and participants of {code} move there, and {code} is closed. A merge can't be undone.
      </p>
    </FormWindow>
  );
}

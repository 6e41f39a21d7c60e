import type { TicketPriority, Tiketti } from "@tiketti/sdk";
import { useState } from "react";
import { holds, useDesk } from "./desk-context.ts";
import { FormWindow } from "./widgets/form-window.tsx";
import { priorityNames } from "./words.ts";

/** Opens a ticket: in the customer's words, or by writing to the customer first. */
export function NewTicket({ onClose, onCreated }: { onClose: () => void; onCreated: (code: string) => void }) {
  const { tiketti, notices } = useDesk();
  const [isOutbound, setOutbound] = useState(false);
  const create = async (form: FormData) => {
    const code = await createTicket(tiketti, form, isOutbound);
    notices.changed(`${code} is created.`, null);
    onCreated(code);
  };
  return (
    <FormWindow
      title="New ticket"
      submit={isOutbound ? "Create and send" : "Create"}
      onClose={onClose}
      onSubmit={create}
    >
      <label>
        Subject
        <input name="subject" required maxLength={300} />
      </label>
      <div className="pair">
        <label>
          Contact's name
          <input name="name" autoComplete="off" />
        </label>
        <label>
          Contact's e-mail
          <input name="email" type="email" autoComplete="off" required />
        </label>
      </div>
      <label>
        Priority
        <select name="priority" defaultValue="NORMAL">
          {Object.entries(priorityNames).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Way isOutbound={isOutbound} onChange={setOutbound} />
      <label>
        {isOutbound ? "Message to the customer" : "Description"}
        <textarea name="text" rows={5} required={isOutbound} />
      </label>
    </FormWindow>
  );
}

/** Whose words the first message has. */
function Way({ isOutbound, onChange }: { isOutbound: boolean; onChange: (isOutbound: boolean) => void }) {
  const { viewer } = useDesk();
  return (
    <fieldset>
      <legend>First message</legend>
      <label className="check">
        <input type="radio" name="way" checked={!isOutbound} onChange={() => onChange(false)} />
        What the customer said; nothing is mailed
      </label>
      {holds(viewer, "TICKET_REPLY") && (
        <label className="check">
          <input type="radio" name="way" checked={isOutbound} onChange={() => onChange(true)} />
          Write to the customer; it is mailed
        </label>
      )}
    </fieldset>
  );
}

async function createTicket(tiketti: Tiketti, form: FormData, isOutbound: boolean): Promise<string> {
  const field = (name: string) => String(form.get(name) ?? "").trim();
  const [name, text] = [field("name"), field("text")];
  const { ticket } = await tiketti.tickets.create({
    subject: field("subject"),
    contact: { person: { email: field("email"), ...(name ? { name } : {}) } },
    priority: field("priority") as TicketPriority,
    ...(isOutbound ? { outbound: { bodyText: text } } : text ? { description: text } : {}),
  });
  if (!ticket) throw new Error("The ticket is created, but you can't see it.");
  return ticket.code;
}

import type { Finish } from "../composer/use-composer.ts";
import { useDesk } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import { FormWindow } from "../widgets/form-window.tsx";
import { moment } from "../words.ts";
import { snoozeTimes, toLocalField } from "./snooze-times.ts";
import { statusChange } from "./ticket-changes.ts";

/** Makes the ticket pending until an instant, at which it opens again by itself. */
export function Snooze({ ticket, finish, onClose }: { ticket: Ticket; finish: Finish; onClose: () => void }) {
  const { tiketti, changes } = useDesk();
  const times = snoozeTimes(new Date());
  const snooze = async (form: FormData) => {
    const chosen = String(form.get("until"));
    const at = new Date(chosen === "other" ? String(form.get("at")) : chosen);
    if (Number.isNaN(at.getTime()) || at.getTime() <= Date.now())
      throw new Error("Choose a time that is still to come.");
    const change = statusChange(tiketti, ticket, { status: "PENDING", pendingUntil: at.toISOString() });
    onClose();
    await finish(() => changes.make(change));
  };
  return (
    <FormWindow title={`Snooze ${ticket.code}`} submit="Snooze" onClose={onClose} onSubmit={snooze}>
      <fieldset>
        <legend>Pending until</legend>
        {times.map(({ name, at }, index) => (
          <label key={name} className="check">
            <input type="radio" name="until" value={at.toISOString()} defaultChecked={index === 0} />
            {name} <span className="hint">{moment(at.toISOString())}</span>
          </label>
        ))}
        <label className="check">
          <input type="radio" name="until" value="other" />
          Another time
        </label>
        <input
          type="datetime-local"
          name="at"
          aria-label="Another time"
          defaultValue={toLocalField(times[0]?.at ?? new Date())}
        />
      </fieldset>
    </FormWindow>
  );
}

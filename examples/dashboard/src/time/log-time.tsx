import { useDesk } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import { FormWindow } from "../widgets/form-window.tsx";
import { timeLog } from "./time-changes.ts";

/** Logs time by hand. The server reads the duration, and says which forms it knows. */
export function LogTime({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { tiketti, changes } = useDesk();
  const log = async (form: FormData) => {
    const entry = {
      duration: String(form.get("duration")),
      description: String(form.get("description")),
      isBillable: form.get("isBillable") === "on",
    };
    await changes.make(await timeLog(tiketti, ticket, entry));
  };
  return (
    <FormWindow title={`Log time on ${ticket.code}`} submit="Log time" onClose={onClose} onSubmit={log}>
      <label>
        Duration
        <input name="duration" placeholder="1h 30m" required />
      </label>
      <p className="hint">For example 1h 30m, 90m, 1.5h or 1:30.</p>
      <label>
        Description
        <textarea name="description" rows={2} maxLength={2_000} />
      </label>
      <label className="check">
        <input type="checkbox" name="isBillable" defaultChecked /> Billable
      </label>
    </FormWindow>
  );
}

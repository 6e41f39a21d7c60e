import { Dialog } from "./widgets/dialog.tsx";

const keys: [string, string][] = [
  ["j k", "Next and previous ticket"],
  ["1 – 8", "The queues"],
  ["/", "Filter the list"],
  ["c", "New ticket"],
  ["r", "Reply"],
  ["n", "Note"],
  ["s", "Status"],
  ["a", "Assignee"],
  ["p", "Priority"],
  ["l", "Labels"],
  [".", "More: log time, snooze, merge, delete"],
  ["t", "Start or stop the timer"],
  ["x", "Select the ticket"],
  ["z", "Undo the last change, for ten seconds"],
  ["↑ ↓ Enter", "In a menu: move, choose"],
  ["Ctrl Enter", "Send"],
  ["Ctrl Shift Enter", "Send, resolve and open the next ticket"],
  ["Esc", "Leave a menu or a field, then the ticket"],
];

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" className="help" onClose={onClose}>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              {key.split(" ").map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">
        Keys pressed while a ticket loads wait for it. A key that can't act says why, and what you type with it is
        ignored.
      </p>
      <form method="dialog">
        <button type="submit" className="primary">
          Close
        </button>
      </form>
    </Dialog>
  );
}

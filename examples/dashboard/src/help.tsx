import { useEffect, useRef } from "react";

const keys: [string, string][] = [
  ["j k", "Next and previous ticket"],
  ["1 – 7", "The queues"],
  ["/", "Filter the list"],
  ["r", "Reply"],
  ["n", "Note"],
  ["s", "Status"],
  ["a", "Assignee"],
  ["t", "Start or stop the timer"],
  ["Ctrl Enter", "Send"],
  ["Ctrl Shift Enter", "Send and resolve"],
  ["Esc", "Leave a field, then the ticket"],
];

export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help" onClose={onClose} aria-label="Keys">
      <h2>Keys</h2>
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
      <form method="dialog">
        <button type="submit" className="primary">
          Close
        </button>
      </form>
    </dialog>
  );
}

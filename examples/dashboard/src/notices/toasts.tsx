import { useSyncExternalStore } from "react";
import type { Notices } from "./notices.ts";

const shownAtOnce = 3;

/** What the page has to say, at the bottom: read aloud, and with the undo of changes. */
export function Toasts({ notices }: { notices: Notices }) {
  const list = useSyncExternalStore(notices.subscribe, notices.current);
  const last = list.findLast(({ undo }) => undo);
  return (
    <section className="toasts" aria-label="Notices" aria-live="polite">
      {list.slice(-shownAtOnce).map(({ id, kind, text, undo, whyNoUndo }) => (
        <div key={id} className={`toast ${kind}`}>
          <p>
            {text}
            {whyNoUndo && <span className="why">{whyNoUndo}</span>}
          </p>
          {undo && (
            <button type="button" className="undo" onClick={() => notices.undo(id)}>
              {undo.label} {id === last?.id && <kbd>z</kbd>}
            </button>
          )}
          <button type="button" className="quiet" aria-label="Dismiss" onClick={() => notices.dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </section>
  );
}

import type { TicketStatus } from "@tiketti/sdk";
import type { KeyboardEvent } from "react";
import { useDesk } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import { assigneeChange } from "../thread/ticket-changes.ts";
import type { Kind } from "./drafts.ts";
import { NewerMessages } from "./newer-messages.tsx";
import { type Composing, type Finish, useComposer } from "./use-composer.ts";

/** Where replies and notes are written. */
export function Composer({ ticket, finish }: { ticket: Ticket; finish: Finish }) {
  const composing = useComposer(ticket, finish);
  const { kind, why, text, send } = composing;
  return (
    <form
      className={`composer ${kind}`}
      aria-label="Write"
      onSubmit={(event) => {
        event.preventDefault();
        void send(null);
      }}
    >
      <Tabs {...composing} />
      {(why[kind] === null || text !== "") && <Field {...composing} />}
      {why[kind] !== null && <Refusal {...composing} />}
      <Alerts {...composing} />
      {(why[kind] === null || text !== "") && <Buttons {...composing} />}
    </form>
  );
}

const tabNames: Record<Kind, string> = { reply: "Reply", note: "Note" };

function Tabs({ kind, why, choose }: Composing) {
  const { notices } = useDesk();
  return (
    <div className="tabs" role="tablist" aria-label="What to write">
      {(["reply", "note"] as const).map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          data-key={one}
          data-why={why[one] ?? undefined}
          title={why[one] ?? undefined}
          aria-selected={kind === one}
          aria-disabled={why[one] !== null}
          onClick={() => (why[one] === null ? choose(one) : notices.refuse(why[one]))}
        >
          {tabNames[one]}
        </button>
      ))}
    </div>
  );
}

function Field({ ticket, kind, text, field, drafts, sending, endings, send }: Composing) {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    void send(event.shiftKey && endings.includes("RESOLVED") ? "RESOLVED" : null);
  };
  return (
    <textarea
      ref={field}
      aria-label={tabNames[kind]}
      placeholder={
        kind === "reply" ? `Write to ${ticket.contact.name} …` : "Write for your colleagues; customers never see it …"
      }
      rows={3}
      value={text}
      onChange={({ target }) => {
        drafts.write(kind, target.value);
        if (sending.fault?.isAway === false) sending.clearFault();
      }}
      onKeyDown={onKey}
    />
  );
}

/** Why it can't be sent, and what can be done with the text. */
function Refusal({ ticket, kind, why, text, drafts, choose }: Composing) {
  const { tiketti, changes, viewer } = useDesk();
  const canTake = ticket.viewerCan.assign && viewer !== null && ticket.assignee !== null && !ticket.deletedAt;
  return (
    <div className="refusal" role="status">
      <p>
        {why[kind]} {text !== "" && "Your text is kept."}
      </p>
      {kind === "reply" && text !== "" && why.note === null && (
        <button
          type="button"
          onClick={() => {
            drafts.moveToNote();
            choose("note");
          }}
        >
          Use it as a note
        </button>
      )}
      {kind === "reply" && canTake && (
        <button type="button" onClick={() => changes.make(assigneeChange(tiketti, ticket, viewer))}>
          Assign to me
        </button>
      )}
    </div>
  );
}

function Alerts({ ticket, drafts, sending, newer, field, send }: Composing) {
  const { conflict, fault } = sending;
  return (
    <>
      {newer.length > 0 && (
        <p className="hint" role="status">
          {newer.length === 1 ? "A message" : `${newer.length} messages`} came after you began to write.
        </p>
      )}
      {conflict && (
        <NewerMessages
          ticket={ticket}
          newer={conflict.newer}
          onSend={() => send(conflict.letter.status, conflict.newer.at(-1)?.id)}
          onKeep={() => {
            drafts.read(conflict.newer.at(-1)?.id ?? "");
            sending.dropConflict();
            field.current?.focus();
          }}
        />
      )}
      {drafts.isFull && (
        <p className="fault" role="alert">
          This browser has no room left for the draft. Send it before you leave the page.
        </p>
      )}
      {fault && (
        <p className={fault.isAway ? "fault away" : "fault"} role="alert">
          {fault.text} Your text is kept.
        </p>
      )}
    </>
  );
}

const endingNames: Partial<Record<TicketStatus, string>> = { RESOLVED: "Send and resolve", OPEN: "Send and reopen" };

function Buttons({ ticket, kind, why, text, sending, endings, send }: Composing) {
  const isOff = sending.isBusy || !text.trim() || why[kind] !== null;
  const usual = kind === "note" ? "Add note" : ticket.status === "CLOSED" ? "Send, leave closed" : "Send reply";
  return (
    <div className="send">
      <span className="hint">
        <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends
      </span>
      {endings.map((status) => (
        <button key={status} type="button" disabled={isOff} onClick={() => send(status)}>
          {endingNames[status]}
        </button>
      ))}
      <button className="primary" type="submit" disabled={isOff}>
        {sending.isBusy ? "Sending …" : why[kind] === null ? usual : "Can't send"}
      </button>
    </div>
  );
}

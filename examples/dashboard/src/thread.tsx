import type { TicketStatus, Tiketti } from "@tiketti/sdk";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { type Message, type Ticket, type Timer, useThread } from "./use-live.ts";
import { ago, duration, initials, said, statusNames } from "./words.ts";

interface Props {
  tiketti: Tiketti;
  code: string;
  onBack: () => void;
  timer: Timer;
  onTimer: () => Promise<void>;
}

/** One ticket: what it is, what was said, and what can be done. */
export function Thread({ tiketti, code, onBack, timer, onTimer }: Props) {
  const { ticket, about, messages, fault } = useThread(tiketti, code);
  const [trouble, setTrouble] = useState<string | null>(null);
  const members = useMembers(tiketti);
  const labels = useLabels(tiketti);
  const end = useRef<HTMLDivElement>(null);
  const count = messages?.length ?? 0;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "end" });
  }, [count]);

  const act = async (run: () => PromiseLike<unknown>) => {
    setTrouble(null);
    try {
      await run();
    } catch (error) {
      setTrouble(said(error));
    }
  };
  if (fault && !ticket)
    return (
      <main className="thread nothing">
        <p className="fault" role="alert">
          {fault}
        </p>
        <button type="button" onClick={onBack}>
          Back to the list
        </button>
      </main>
    );
  if (!ticket) return <main className="thread nothing" aria-busy="true" />;
  const ref = { ticketId: ticket.id };
  const can = about?.viewerCan;
  const isTimed = timer?.ticketCode === ticket.code;
  return (
    <main className="thread" aria-label={ticket.subject}>
      <header>
        <button type="button" className="quiet back" onClick={onBack} aria-label="Back to the list">
          ←
        </button>
        <div className="title">
          <h2>{ticket.subject}</h2>
          <p>
            <span className="code">{ticket.code}</span> · {ticket.contact.name}
            {ticket.contact.email && <span className="address"> {ticket.contact.email}</span>}
            {ticket.company && ` · ${ticket.company.name}`}
          </p>
        </div>
        <div className="tools">
          <select
            aria-label="Status"
            data-key="status"
            className={`status ${ticket.status.toLowerCase()}`}
            value={ticket.status}
            disabled={!can?.update}
            onChange={({ target }) =>
              act(() => tiketti.tickets.setStatus({ ...ref, status: target.value as TicketStatus }))
            }
          >
            {[ticket.status, ...(about?.allowedStatuses ?? []).filter((one) => one !== ticket.status)].map((status) => (
              <option key={status} value={status}>
                {statusNames[status]}
              </option>
            ))}
          </select>
          <select
            aria-label="Assignee"
            data-key="assignee"
            value={ticket.assignee?.id ?? ""}
            disabled={!can?.assign}
            onChange={({ target }) =>
              act(() => tiketti.tickets.assign({ ...ref, assignee: target.value ? { id: target.value } : null }))
            }
          >
            <option value="">Nobody</option>
            {members.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            {ticket.assignee && !members.some(({ id }) => id === ticket.assignee?.id) && (
              <option value={ticket.assignee.id}>{ticket.assignee.name}</option>
            )}
          </select>
          <LabelMenu
            ticket={ticket}
            labels={labels}
            isDisabled={!can?.update}
            onToggle={(id, isOn) =>
              act(() => tiketti.tickets.updateLabels({ ...ref, [isOn ? "removeLabels" : "addLabels"]: [{ id }] }))
            }
          />
          {can?.logTime && (
            <button
              type="button"
              data-key="timer"
              className={isTimed ? "timing" : ""}
              onClick={() => act(() => (isTimed ? tiketti.time.stop() : tiketti.time.start(ref)).then(onTimer))}
            >
              {isTimed ? "Stop timer" : "Start timer"}
            </button>
          )}
          {about && about.timeSummary.minutes > 0 && (
            <span className="spent" title="Time on this ticket">
              {duration(about.timeSummary.minutes)}
            </span>
          )}
        </div>
        {(trouble ?? fault) && (
          <p className="fault" role="alert">
            {trouble ?? fault}
          </p>
        )}
      </header>
      <ol className="messages" aria-live="polite" aria-busy={messages === null}>
        {messages?.length === 0 && <li className="empty">Nothing was written yet.</li>}
        {messages?.map((message) => (
          <Bubble key={message.id} message={message} />
        ))}
        <div ref={end} />
      </ol>
      {can && (can.reply || can.note) && (
        <Composer
          key={ticket.id}
          canReply={can.reply}
          canNote={can.note}
          contact={ticket.contact.name}
          onSend={async (kind, body, status) => {
            if (kind === "note") return void (await tiketti.tickets.addNote({ ...ref, body }));
            await tiketti.tickets.reply({ ...ref, body, ...(status ? { status } : {}) });
          }}
        />
      )}
    </main>
  );
}

function Bubble({ message }: { message: Message }) {
  const { author, bodyText, createdAt, visibility, direction, delivery, isDeleted } = message;
  const kind = visibility === "INTERNAL" ? "note" : direction === "INBOUND" ? "inbound" : "outbound";
  return (
    <li className={`message ${kind}`}>
      <span className="avatar">{initials(author.name)}</span>
      <div>
        <p className="by">
          <strong>{author.name}</strong>
          {kind === "note" && <span className="tag">Note</span>}
          <time dateTime={createdAt} title={new Date(createdAt).toLocaleString()}>
            {ago(createdAt)}
          </time>
          {delivery.state === "QUEUED" && <span className="state">queued</span>}
        </p>
        <p className="body">{isDeleted ? <em>This message was deleted.</em> : bodyText}</p>
      </div>
    </li>
  );
}

type Kind = "reply" | "note";

function Composer({
  canReply,
  canNote,
  contact,
  onSend,
}: {
  canReply: boolean;
  canNote: boolean;
  contact: string;
  onSend: (kind: Kind, body: string, status: TicketStatus | null) => Promise<void>;
}) {
  const [kind, setKind] = useState<Kind>(canReply ? "reply" : "note");
  const [body, setBody] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const choose = (next: Kind) => {
    setKind(next);
    field.current?.focus();
  };
  const send = async (status: TicketStatus | null) => {
    if (!body.trim() || isBusy) return;
    setBusy(true);
    setFault(null);
    try {
      await onSend(kind, body, status);
      setBody("");
    } catch (error) {
      // What was written stays.
      setFault(said(error));
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(null);
  };
  return (
    <form className={`composer ${kind}`} onSubmit={submit}>
      <div className="tabs" role="tablist">
        {canReply && (
          <button
            type="button"
            role="tab"
            data-key="reply"
            aria-selected={kind === "reply"}
            onClick={() => choose("reply")}
          >
            Reply
          </button>
        )}
        {canNote && (
          <button
            type="button"
            role="tab"
            data-key="note"
            aria-selected={kind === "note"}
            onClick={() => choose("note")}
          >
            Note
          </button>
        )}
      </div>
      <textarea
        ref={field}
        aria-label={kind === "reply" ? "Reply" : "Note"}
        placeholder={kind === "reply" ? `Write to ${contact} …` : "Write for your colleagues; customers never see it …"}
        rows={3}
        value={body}
        onChange={({ target }) => setBody(target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) void send(event.shiftKey ? "RESOLVED" : null);
        }}
      />
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <div className="send">
        <span className="hint">
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> sends
        </span>
        {kind === "reply" && (
          <button type="button" disabled={isBusy || !body.trim()} onClick={() => send("RESOLVED")}>
            Send and resolve
          </button>
        )}
        <button className="primary" type="submit" disabled={isBusy || !body.trim()}>
          {isBusy ? "Sending …" : kind === "reply" ? "Send reply" : "Add note"}
        </button>
      </div>
    </form>
  );
}

interface Label {
  id: string;
  name: string;
  color: string;
}

function LabelMenu({
  ticket,
  labels,
  isDisabled,
  onToggle,
}: {
  ticket: Ticket;
  labels: Label[];
  isDisabled: boolean;
  onToggle: (id: string, isOn: boolean) => void;
}) {
  const on = new Set(ticket.labels.map(({ id }) => id));
  return (
    <details className="labels">
      <summary aria-label="Labels">
        {ticket.labels.length === 0
          ? "Labels"
          : ticket.labels.map(({ id, name, color }) => (
              <span key={id} className="tag" style={{ "--label": color } as object}>
                {name}
              </span>
            ))}
      </summary>
      <div className="menu">
        {labels.length === 0 && <span className="hint">There are no labels yet.</span>}
        {labels.map(({ id, name, color }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={on.has(id)}
              disabled={isDisabled}
              onChange={() => onToggle(id, on.has(id))}
            />
            <span className="swatch" style={{ background: color }} />
            {name}
          </label>
        ))}
      </div>
    </details>
  );
}

function useMembers(tiketti: Tiketti): { id: string; name: string }[] {
  const [members, setMembers] = useState<{ id: string; name: string }[]>([]);
  useEffect(() => {
    tiketti.members
      .list({ filter: { isActive: true }, first: 100 })
      .toArray({ limit: 500 })
      .then(setMembers)
      .catch(() => {});
  }, [tiketti]);
  return members;
}

function useLabels(tiketti: Tiketti): Label[] {
  const [labels, setLabels] = useState<Label[]>([]);
  useEffect(() => {
    tiketti.labels
      .list()
      .then(setLabels)
      .catch(() => {});
  }, [tiketti]);
  return labels;
}

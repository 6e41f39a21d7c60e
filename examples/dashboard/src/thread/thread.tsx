import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Composer } from "../composer/composer.tsx";
import type { Finish } from "../composer/use-composer.ts";
import { useDesk } from "../desk-context.ts";
import type { Timer } from "../live/use-live.ts";
import { type Ticket, useThread } from "../live/use-thread.ts";
import { CustomerBar } from "./customer-bar.tsx";
import { MessageItem } from "./message.tsx";
import { ThreadTools } from "./thread-tools.tsx";

interface Props {
  code: string;
  onBack: () => void;
  onOpen: (code: string) => void;
  /** The thread is there, so that keys can act on it; false when it can't be read. */
  onReady: (isThere: boolean) => void;
  finish: Finish;
  timer: Timer;
  onTimer: () => Promise<void>;
}

/** One ticket: what it is, what was said, and what can be done. */
export function Thread({ code, onBack, onOpen, onReady, finish, timer, onTimer }: Props) {
  const { tiketti, changes, viewer } = useDesk();
  const { ticket, fault } = useThread(tiketti, changes, code);
  const [isBarOpen, setBarOpen] = useState(false);
  const isLost = fault !== null && !fault.isAway && !ticket;
  const isThere = ticket !== null && viewer !== null;
  const told = useRef(onReady);
  told.current = onReady;
  useEffect(() => {
    if (isThere || isLost) told.current(isThere);
  }, [isThere, isLost]);
  useEscape(isBarOpen, () => setBarOpen(false));
  if (!ticket) return <Nothing fault={fault?.text ?? null} onBack={onBack} />;
  return (
    <main className={`thread${isBarOpen ? " shows-bar" : ""}`} aria-label={ticket.subject} data-thread>
      <header>
        <button type="button" className="quiet back" onClick={onBack} aria-label="Back to the list">
          ←
        </button>
        <Title ticket={ticket} onOpen={onOpen} />
        <button type="button" className="bar-switch" aria-expanded={isBarOpen} onClick={() => setBarOpen((is) => !is)}>
          Customer
        </button>
        <ThreadTools {...{ ticket, finish, timer, onTimer, onOpen, onBack }} />
        {fault && (
          <p className="fault" role="alert">
            {fault.text}
          </p>
        )}
      </header>
      <Messages ticket={ticket} />
      <Composer key={ticket.id} ticket={ticket} finish={finish} />
      <CustomerBar ticket={ticket} onOpen={onOpen} onClose={() => setBarOpen(false)} />
    </main>
  );
}

/** Escape closes what lies on top, and leaves the ticket open. */
function useEscape(isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      close();
    };
    // Before the desk's own keys, which would close the ticket.
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  });
}

function Nothing({ fault, onBack }: { fault: string | null; onBack: () => void }) {
  if (fault === null) return <main className="thread nothing" aria-busy="true" aria-label="Loading" />;
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
}

function Title({ ticket, onOpen }: { ticket: Ticket; onOpen: (code: string) => void }) {
  const { code, subject, contact, company, mergedInto, followUpOf } = ticket;
  const link = (words: string, other: { code: string }) => (
    <>
      {" · "}
      {words}{" "}
      <button type="button" className="link" onClick={() => onOpen(other.code)}>
        {other.code}
      </button>
    </>
  );
  return (
    <div className="title">
      <h2>{subject}</h2>
      <p>
        <span className="code">{code}</span> · {contact.name}
        {contact.email && <span className="address"> {contact.email}</span>}
        {company && ` · ${company.name}`}
        {followUpOf && link("follows up", followUpOf)}
        {mergedInto && link("merged into", mergedInto)}
      </p>
    </div>
  );
}

function Messages({ ticket }: { ticket: Ticket }) {
  const messages = ticket.messages.nodes;
  const list = useRef<HTMLOListElement>(null);
  const last = messages.at(-1)?.id;
  useLayoutEffect(() => {
    if (last && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [last]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too
    <ol className="messages" aria-label="Messages" aria-live="polite" ref={list} tabIndex={0}>
      {messages.length === 0 && <li className="empty">Nothing was written yet.</li>}
      {messages.map((message) => (
        <MessageItem key={message.id} message={message} />
      ))}
    </ol>
  );
}

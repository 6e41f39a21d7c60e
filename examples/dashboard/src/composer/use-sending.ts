import type { TicketStatus, Tiketti } from "@tiketti/sdk";
import { useEffect, useRef, useState } from "react";
import { useDesk } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import type { Change, Changed } from "../notices/changes.ts";
import { type Fault, toFault } from "../notices/faults.ts";
import { mayBecome, noWayBack, setStatus, stepBack } from "../thread/ticket-changes.ts";
import { statusNames } from "../words.ts";
import type { Kind } from "./drafts.ts";
import { type Newer, newerThan, parseNewer } from "./newer-messages.tsx";
import type { Drafts } from "./use-drafts.ts";

export interface Letter {
  kind: Kind;
  /** What the ticket becomes; null leaves that to the server. */
  status: TicketStatus | null;
}

export interface Sending {
  isBusy: boolean;
  fault: Fault | null;
  clearFault: () => void;
  /** What came in between and the reply that waits for an answer to it. */
  conflict: { letter: Letter; newer: Newer[] } | null;
  dropConflict: () => void;
  /** Answers whether it was sent. */
  send: (letter: Letter, lastReadId?: string | null) => Promise<boolean>;
}

/** Sends what is in the drafts; on a fault the text stays where it is. */
export function useSending(ticket: Ticket, drafts: Drafts): Sending {
  const { notices, isConnected } = useDesk();
  const post = usePost(ticket);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [conflict, setConflict] = useState<Sending["conflict"]>(null);
  useEffect(() => {
    if (isConnected) setFault((before) => (before?.isAway ? null : before));
  }, [isConnected]);

  const send = async (letter: Letter, lastReadId = drafts.lastReadId) => {
    const body = drafts.text[letter.kind];
    if (!body.trim() || isBusy) return false;
    const unread = letter.kind === "reply" && lastReadId === null ? newerThan(ticket, null) : [];
    if (unread.length > 0) {
      setConflict({ letter, newer: unread });
      return false;
    }
    setBusy(true);
    setFault(null);
    setConflict(null);
    try {
      await post(letter, body, lastReadId);
      drafts.write(letter.kind, "");
      notices.succeeded();
      return true;
    } catch (error) {
      const newer = parseNewer(error);
      if (newer) setConflict({ letter, newer });
      else setFault(toFault(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const dropConflict = () => setConflict(null);
  return { isBusy, fault, clearFault: () => setFault(null), conflict, dropConflict, send };
}

/** Posts it and says so, with the undo of the status where there is one. */
function usePost(ticket: Ticket) {
  const { tiketti, changes } = useDesk();
  // The same text under the same key: sent again after a cut, it is not there twice.
  const attempt = useRef({ what: "", key: "" });
  return async ({ kind, status }: Letter, body: string, lastReadId: string | null): Promise<void> => {
    const what = JSON.stringify([kind, status, body, lastReadId]);
    if (attempt.current.what !== what) attempt.current = { what, key: crypto.randomUUID() };
    const options = { idempotencyKey: attempt.current.key };
    const of = { ticketId: ticket.id, body };
    if (kind === "note") {
      await tiketti.tickets.addNote(of, options);
      attempt.current = { what: "", key: "" };
      return;
    }
    const { ticket: after } = await tiketti.tickets.reply(
      { ...of, ...(lastReadId ? { ifLastMessageId: lastReadId } : {}), ...(status ? { status } : {}) },
      options,
    );
    attempt.current = { what: "", key: "" };
    await changes.make(replied(tiketti, ticket, after?.status ?? status ?? ticket.status, after));
  };
}

/** A reply is out; its status may be taken back. */
function replied(tiketti: Tiketti, ticket: Ticket, now: TicketStatus, after: Changed | null): Change {
  const { id, code, status: from, viewerCan } = ticket;
  const sent = "Reply sent; it can't be taken back.";
  const change = { told: `${sent} ${code} is ${statusNames[now]}.`, before: ticket, run: async () => after };
  if (now === from) return { ...change, told: "Reply sent.", undo: { whyNot: "A sent reply can't be taken back." } };
  if (!viewerCan.update || !mayBecome(now, from)) return { ...change, undo: { whyNot: noWayBack(from, now) } };
  return {
    ...change,
    undoLabel: "Undo status",
    undone: `${code} is ${statusNames[from]} again; the reply stays sent.`,
    undo: (expectedVersion) => setStatus(tiketti, id, { ...stepBack(ticket), expectedVersion }),
  };
}

import type { TicketStatus } from "@tiketti/sdk";
import { type RefObject, useRef, useState } from "react";
import { useDesk } from "../desk-context.ts";
import type { Ticket } from "../live/use-thread.ts";
import { whyNot } from "../thread/reasons.ts";
import type { Kind } from "./drafts.ts";
import { type Newer, newerThan } from "./newer-messages.tsx";
import { type Drafts, useDrafts } from "./use-drafts.ts";
import { type Sending, useSending } from "./use-sending.ts";

export interface Composing {
  ticket: Ticket;
  drafts: Drafts;
  sending: Sending;
  field: RefObject<HTMLTextAreaElement | null>;
  /** The tab that shows. */
  kind: Kind;
  text: string;
  /** Why the viewer can't write a reply or a note; null where it can. */
  why: Record<Kind, string | null>;
  choose: (kind: Kind) => void;
  /** The statuses that a reply can be sent with beside the usual one. */
  endings: readonly TicketStatus[];
  /** Sends it; a status of null is the usual one. */
  send: (status: TicketStatus | null, lastReadId?: string) => Promise<void>;
  /** Messages that came after the reply was begun. */
  newer: Newer[];
}

/** Runs what ends the work on a ticket; when it answers true, the next one opens. */
export type Finish = (run: () => Promise<boolean>) => Promise<void>;

export function useComposer(ticket: Ticket, finish: Finish): Composing {
  const { viewer } = useDesk();
  const drafts = useDrafts(ticket);
  const sending = useSending(ticket, drafts);
  const field = useRef<HTMLTextAreaElement>(null);
  const [chosen, setChosen] = useState<Kind>(!drafts.text.reply && drafts.text.note ? "note" : "reply");
  const why = { reply: whyNot("reply", ticket, viewer), note: whyNot("note", ticket, viewer) };
  // An empty reply that can't be sent gives way; a written one stays in view.
  const isIdle = chosen === "reply" && why.reply !== null && drafts.text.reply === "";
  const kind: Kind = isIdle && why.note === null ? "note" : chosen;
  const isClosed = ticket.status === "CLOSED";
  // On a closed ticket the server wants to be told what becomes of it.
  const usual = kind === "reply" && isClosed ? "CLOSED" : null;
  const endings: TicketStatus[] = kind === "reply" && ticket.viewerCan.update ? [isClosed ? "OPEN" : "RESOLVED"] : [];
  return {
    ticket,
    drafts,
    sending,
    field,
    kind,
    text: drafts.text[kind],
    why,
    endings,
    choose: (next) => {
      setChosen(next);
      field.current?.focus();
    },
    send: async (status, lastReadId) => {
      if (why[kind] !== null) return;
      const run = () => sending.send({ kind, status: status ?? usual }, lastReadId);
      if (status === "RESOLVED") await finish(run);
      else await run();
    },
    newer: kind === "reply" && drafts.text.reply && !sending.conflict ? newerThan(ticket, drafts.lastReadId) : [],
  };
}

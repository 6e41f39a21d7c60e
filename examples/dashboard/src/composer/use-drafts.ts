import { useState } from "react";
import { useDesk } from "../desk-context.ts";
import { lastPublicId, type Ticket } from "../live/use-thread.ts";
import { type Draft, type Kind, readDraft, writeDraft } from "./drafts.ts";

export interface Drafts {
  text: Record<Kind, string>;
  /** The last public message that the writer has read; null when there was none. */
  lastReadId: string | null;
  /** Whether the browser has no room for what was written last. */
  isFull: boolean;
  write: (kind: Kind, text: string) => void;
  /** The writer has read the thread up to this message. */
  read: (messageId: string) => void;
  /** Moves the reply to the end of the note. */
  moveToNote: () => void;
}

/** What is being written on a ticket; it stays in the browser until it is sent. */
export function useDrafts(ticket: Ticket): Drafts {
  const { owner } = useDesk();
  const [drafts, setDrafts] = useState<Record<Kind, Draft | null>>(() => ({
    reply: readDraft(owner, ticket.id, "reply"),
    note: readDraft(owner, ticket.id, "note"),
  }));
  const [isFull, setFull] = useState(false);
  const put = (kind: Kind, text: string, lastMessageId: string | null) => {
    const isKept = writeDraft(owner, ticket.id, kind, { text, lastMessageId });
    setFull(!isKept);
    setDrafts((before) => ({ ...before, [kind]: text === "" ? null : { text, lastMessageId, savedAt: Date.now() } }));
  };
  const textOf = (kind: Kind) => drafts[kind]?.text ?? "";
  // What came while nothing was written is read: it stands right above.
  const lastReadId = drafts.reply ? drafts.reply.lastMessageId : lastPublicId(ticket);
  return {
    text: { reply: textOf("reply"), note: textOf("note") },
    lastReadId,
    isFull,
    write: (kind, text) => put(kind, text, lastReadId),
    read: (messageId) => put("reply", textOf("reply"), messageId),
    moveToNote: () => {
      put("note", [textOf("note"), textOf("reply")].filter(Boolean).join("\n\n"), null);
      put("reply", "", null);
    },
  };
}

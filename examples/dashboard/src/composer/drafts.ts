/** What was written and not sent: kept in this browser for each login, organization, ticket and tab. */
export type Kind = "reply" | "note";

export interface Owner {
  email: string;
  organizationId: string;
}

export interface Draft {
  text: string;
  /** The last public message that was there when the writing began; null when there was none. */
  lastMessageId: string | null;
  /** In milliseconds since 1970. */
  savedAt: number;
}

const prefix = "tiketti.draft";
const keptMs = 30 * 24 * 60 * 60 * 1_000;

const keyOf = ({ email, organizationId }: Owner, ticketId: string, kind: Kind) =>
  [prefix, encodeURIComponent(email.toLowerCase()), organizationId, ticketId, kind].join(":");

export function readDraft(owner: Owner, ticketId: string, kind: Kind): Draft | null {
  return parse(localStorage.getItem(keyOf(owner, ticketId, kind)));
}

/**
 * Keeps the draft; an empty one is removed.
 *
 * @returns whether the browser had room for it
 */
export function writeDraft(owner: Owner, ticketId: string, kind: Kind, draft: Omit<Draft, "savedAt">): boolean {
  const key = keyOf(owner, ticketId, kind);
  if (draft.text === "") {
    localStorage.removeItem(key);
    return true;
  }
  try {
    localStorage.setItem(key, JSON.stringify({ ...draft, savedAt: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

/** For signing out: nothing that was written stays in this browser. */
export function removeDraftsOf(email: string): void {
  const start = `${prefix}:${encodeURIComponent(email.toLowerCase())}:`;
  for (const key of draftKeys()) if (key.startsWith(start)) localStorage.removeItem(key);
}

/** Removes what nobody went on with for 30 days, and what can't be read. */
export function removeOldDrafts(now = Date.now()): void {
  for (const key of draftKeys()) {
    const draft = parse(localStorage.getItem(key));
    if (!draft || now - draft.savedAt > keptMs) localStorage.removeItem(key);
  }
}

function draftKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}:`));
}

function parse(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const draft: Partial<Draft> | null = JSON.parse(text);
    if (typeof draft?.text !== "string" || typeof draft.savedAt !== "number") return null;
    return { text: draft.text, savedAt: draft.savedAt, lastMessageId: draft.lastMessageId ?? null };
  } catch {
    return null;
  }
}

/** Letters that choose an option of a list by how its name begins. */
const pauseMs = 1_000;

export interface Typed {
  text: string;
  at: number;
}

/** What was typed together with the letter; after a pause it begins anew. */
export function typedWith(before: Typed, letter: string, now: number): Typed {
  return { text: (now - before.at > pauseMs ? "" : before.text) + letter.toLowerCase(), at: now };
}

/** The option that begins with the text, else one with a word that does; -1 without one, so that Enter chooses nothing. */
export function matchOf(names: readonly string[], text: string): number {
  const begins = names.findIndex((name) => name.toLowerCase().startsWith(text));
  if (begins >= 0) return begins;
  return names.findIndex((name) =>
    name
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(text)),
  );
}

/**
 * What of a text is seen. Unicode's default-ignorable characters (zero-width spaces, soft hyphens, fillers, variation
 * selectors) show nothing by themselves: text of them alone is empty, and names that differ by them alone are one.
 */

/** Looks empty though Unicode calls it a symbol: the braille pattern without dots. */
const blank = /[\s\u2800\p{Default_Ignorable_Code_Point}\p{Control}]/u;

const ignorable = /\p{Default_Ignorable_Code_Point}/u;

/** Belongs to the character before it: how that is drawn, and which flag the tags after a black flag name. */
const variation = /[\ufe00-\ufe0f\u180b-\u180d\u180f\u{e0100}-\u{e01ef}]/u;
const tag = /[\u{e0020}-\u{e007f}]/u;
const blackFlag = "\u{1f3f4}";

/** Scripts in which a joiner between two letters says how they are written. */
const joining =
  /^[\p{Script_Extensions=Arabic}\p{Script_Extensions=Syriac}\p{Script_Extensions=Mongolian}\p{Script_Extensions=Nko}\p{Script_Extensions=Devanagari}\p{Script_Extensions=Bengali}\p{Script_Extensions=Gurmukhi}\p{Script_Extensions=Gujarati}\p{Script_Extensions=Oriya}\p{Script_Extensions=Tamil}\p{Script_Extensions=Telugu}\p{Script_Extensions=Kannada}\p{Script_Extensions=Malayalam}\p{Script_Extensions=Sinhala}\p{Script_Extensions=Tibetan}\p{Script_Extensions=Myanmar}\p{Script_Extensions=Khmer}]$/u;
const emoji = /^[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;

export function hasVisible(text: string): boolean {
  return [...text].some((character) => !blank.test(character));
}

export function firstIgnorable(text: string): string | null {
  return ignorable.exec(text)?.[0] ?? null;
}

/** Without spaces and invisible characters at the ends; what belongs to the last visible character stays. */
export function trimInvisible(text: string): string {
  const characters = [...text];
  const isVisible = (character: string) => !blank.test(character);
  const first = characters.findIndex(isVisible);
  if (first < 0) return "";
  let end = characters.findLastIndex(isVisible) + 1;
  const belongs = characters[end - 1] === blackFlag ? tag : variation;
  while (end < characters.length && belongs.test(characters[end] as string)) end += 1;
  return characters.slice(first, end).join("");
}

/** The form in which a line of text is kept: one space between words, nothing invisible at its ends. */
export function toLine(text: string): string {
  return trimInvisible(text.replace(/\s+/g, " "));
}

/** Without invisible characters, but for joiners inside of emoji and of scripts that use them, and the tags of flags. */
export function withoutIgnorable(text: string): string {
  if (firstIgnorable(text) === null) return text;
  const characters = [...text];
  const next = nextVisible(characters);
  const kept: string[] = [];
  let isFlag = false;
  for (const [index, character] of characters.entries()) {
    isFlag = character === blackFlag || (isFlag && tag.test(character));
    if (!ignorable.test(character) || (isFlag && tag.test(character))) kept.push(character);
    else if (isJoiner(character) && joins(kept.at(-1), next[index])) kept.push(character);
  }
  return kept.join("");
}

/** For each place the first character behind it that isn't ignorable: one pass, from the end. */
function nextVisible(characters: string[]): (string | undefined)[] {
  const next = new Array<string | undefined>(characters.length);
  let last: string | undefined;
  for (let index = characters.length - 1; index >= 0; index--) {
    next[index] = last;
    const character = characters[index] as string;
    if (!ignorable.test(character)) last = character;
  }
  return next;
}

const isJoiner = (character: string) => character === "\u200c" || character === "\u200d";

function joins(before: string | undefined, after: string | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return (joining.test(before) && joining.test(after)) || (emoji.test(before) && isPictogram(after));
}

/** What may come after a joiner in an emoji: another one, or a sign such as the male and female ones, which are some too. */
const isPictogram = (character: string) => /^\p{Extended_Pictographic}$/u.test(character);

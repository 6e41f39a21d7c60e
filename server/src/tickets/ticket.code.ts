/** A ticket's code as it is kept, from how people write it: `nord-1`, `#NORD-1`, `[NORD-1]`. */
export function toTicketCode(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s[\]#]/g, "")
    .toUpperCase();
}

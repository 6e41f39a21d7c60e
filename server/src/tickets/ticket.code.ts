/** The stored form of a ticket's code, from the forms that people write: `nord-1`, `#NORD-1`, `[NORD-1]`. */
export function toTicketCode(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s[\]#]/g, "")
    .toUpperCase();
}

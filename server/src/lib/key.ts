/**
 * The form in which names and addresses are compared: without case, and however accents were typed.
 * The only place that makes keys: databases fold case by rules and locales of their own.
 */
export function toKey(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

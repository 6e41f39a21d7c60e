import type { Services } from "../context.ts";
import type { RefusalBrake, Sender } from "./refusal-brake.ts";
import { identify, type RequestHead } from "./request-context.ts";

/** Who sends it, once it may be looked at; null when it may not. */
export async function enter(
  services: Services,
  brake: RefusalBrake,
  credentials: string | null,
  head: RequestHead,
): Promise<Sender | null> {
  const sender = brake.senderOf(credentials, head.clientAddress);
  if (await brake.begin(sender)) return sender;
  if (credentials === null) return null;
  // A member whose network has too many waiting isn't one of the crowd: that is looked at once, a few at a time.
  try {
    const { viewer, user } = await brake.lookups.run({ group: sender.id }, () => identify(services, head));
    if (!viewer && !user) return null;
  } catch {
    return null;
  }
  brake.tell(credentials, true);
  const known = brake.senderOf(credentials, head.clientAddress);
  return (await brake.begin(known)) ? known : null;
}

/** Who is signed in: the tokens are kept over reloads, and refreshed before they end, by one tab at a time. */
import { createTiketti, isTikettiError, type LiveState, type Tiketti } from "@tiketti/sdk";
import { removeDraftsOf } from "./composer/drafts.ts";

export interface Membership {
  organizationId: string;
  organizationName: string;
  roleName: string;
}

interface Stored {
  email: string;
  accessToken: string;
  refreshToken: string;
  /** In milliseconds since 1970. */
  expiresAt: number;
  memberships: Membership[];
  organizationId: string | null;
}

const key = "tiketti.session";

/** Where the API is: `<meta name="tiketti-url">` if it says so, else /graphql of the page's own origin. */
function endpoint(): string {
  const given = document.querySelector<HTMLMetaElement>('meta[name="tiketti-url"]')?.content.trim();
  return new URL(given || "/graphql", location.origin).href;
}

const url = endpoint();
/** A person waits and sees what happens: a fault shows after a second or two, and their next key tries again. */
const retryForMs = 1_500;

const anonymous = createTiketti({ url, retryForMs });

export function storedSession(): Stored | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function store(session: Stored | null): void {
  if (session) localStorage.setItem(key, JSON.stringify(session));
  else localStorage.removeItem(key);
}

type Issued = Awaited<ReturnType<Tiketti["sessions"]["signIn"]>>;

function keep(email: string, issued: Issued, organizationId: string | null): Stored {
  const active = issued.memberships.filter(({ isActive }) => isActive);
  const session = {
    email,
    accessToken: issued.accessToken,
    refreshToken: issued.refreshToken,
    expiresAt: Date.now() + issued.expiresInSeconds * 1_000,
    memberships: active,
    organizationId: organizationId ?? (active.length === 1 ? (active[0]?.organizationId ?? null) : null),
  };
  store(session);
  return session;
}

export async function signIn(email: string, password: string): Promise<Stored> {
  return keep(email, await anonymous.sessions.signIn({ email, password }), null);
}

export function chooseOrganization(organizationId: string): void {
  const session = storedSession();
  if (session) store({ ...session, organizationId });
}

/** A minute before its end the token is replaced. */
const marginMs = 60_000;

/** Two tabs that refresh with the same token would end the session. (Pages without TLS have no locks.) */
const oneTabAtATime = <Value>(run: () => Promise<Value>): Promise<Value> =>
  navigator.locks ? navigator.locks.request("tiketti.refresh", run) : run();

async function freshToken(email: string, isRejected: boolean, refused: string): Promise<string> {
  return oneTabAtATime(async () => {
    const session = storedSession();
    // Another tab has signed out, or somebody else in.
    if (session?.email !== email) throw new Error("Signed out.");
    const isFresh = session.expiresAt - Date.now() > marginMs;
    if (isFresh && !(isRejected && session.accessToken === refused)) return session.accessToken;
    const issued = await anonymous.sessions.refresh({ refreshToken: session.refreshToken });
    return keep(email, issued, session.organizationId).accessToken;
  });
}

/** The client of who is signed in. */
export function openClient(on: { live: (state: LiveState) => void; signedOut: () => void }): Tiketti {
  const session = storedSession();
  const email = session?.email ?? "";
  let last = session?.accessToken ?? "";
  return createTiketti({
    retryForMs,
    url,
    organizationId: session?.organizationId ?? undefined,
    onLive: on.live,
    accessToken: async ({ isRejected }) => {
      try {
        last = await freshToken(email, isRejected, last);
        return last;
      } catch (error) {
        // A server that is away says nothing about the session.
        if (isTikettiError(error) && error.code !== "UNAUTHENTICATED") throw error;
        if (storedSession()?.email === email) store(null);
        on.signedOut();
        throw error;
      }
    },
  });
}

/** Drafts go too: the next person at this browser finds nothing that was written. */
export async function signOut(tiketti: Tiketti): Promise<void> {
  const email = storedSession()?.email;
  await tiketti.sessions.signOut().catch(() => {});
  if (email) removeDraftsOf(email);
  store(null);
}

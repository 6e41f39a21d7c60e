import type { LiveState, Tiketti } from "@tiketti/sdk";
import { useEffect, useState } from "react";
import { Desk } from "./desk.tsx";
import { chooseOrganization, openClient, signOut, storedSession } from "./session.ts";
import { ChooseOrganization, SignIn } from "./sign-in.tsx";

/** Signing in, choosing an organization, then the desk. */
export function App() {
  const [session, setSession] = useState(storedSession);
  const [live, setLive] = useState<LiveState>("connecting");
  const [tiketti, setTiketti] = useState<Tiketti | null>(null);
  const organizationId = session?.organizationId;
  const email = session?.email;

  useEffect(() => {
    if (!organizationId || !email) return;
    setLive("connecting");
    setTiketti(openClient({ live: setLive, signedOut: () => setSession(storedSession()) }));
    return () => setTiketti(null);
  }, [organizationId, email]);

  if (!session) return <SignIn onSignedIn={() => setSession(storedSession())} />;
  const choose = (id: string) => {
    chooseOrganization(id);
    setSession(storedSession());
  };
  if (!organizationId) return <ChooseOrganization memberships={session.memberships} onChosen={choose} />;
  if (!tiketti) return null;
  return (
    <Desk
      key={`${email} ${organizationId}`}
      tiketti={tiketti}
      live={live}
      email={session.email}
      memberships={session.memberships}
      organizationId={organizationId}
      onOrganization={choose}
      onSignOut={async () => {
        await signOut(tiketti);
        setSession(null);
      }}
    />
  );
}

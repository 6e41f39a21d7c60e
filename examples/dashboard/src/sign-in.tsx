import { type FormEvent, type ReactNode, useState } from "react";
import { isAway, toFault } from "./notices/faults.ts";
import { type Membership, signIn } from "./session.ts";

function Front({ children }: { children: ReactNode }) {
  return (
    <main className="front">
      <div className="card">
        <div className="brand">
          <span className="logo">T</span> Tiketti
        </div>
        {children}
      </div>
    </main>
  );
}

export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    try {
      await signIn(String(form.get("email")), String(form.get("password")));
      onSignedIn();
    } catch (error) {
      setFault(isAway(error) ? "The server isn't answering. Try again in a moment." : toFault(error).text);
      setBusy(false);
    }
  };
  return (
    <Front>
      <h1>Sign in to your desk</h1>
      <form onSubmit={submit}>
        <label>
          E-mail
          <input name="email" type="email" autoComplete="username" required />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        {fault && (
          <p className="fault" role="alert">
            {fault}
          </p>
        )}
        <button className="primary" type="submit" disabled={isBusy}>
          {isBusy ? "Signing in …" : "Sign in"}
        </button>
      </form>
      <p className="hint">With the demo: npm start prints the logins and their password.</p>
    </Front>
  );
}

export function ChooseOrganization({
  memberships,
  onChosen,
}: {
  memberships: Membership[];
  onChosen: (organizationId: string) => void;
}) {
  return (
    <Front>
      <h1>Which desk?</h1>
      {memberships.length === 0 && (
        <p className="hint">You are a member of no organization yet. Ask for an invitation.</p>
      )}
      <ul className="choices">
        {memberships.map(({ organizationId, organizationName, roleName }) => (
          <li key={organizationId}>
            <button type="button" onClick={() => onChosen(organizationId)}>
              <strong>{organizationName}</strong>
              <span>{roleName}</span>
            </button>
          </li>
        ))}
      </ul>
    </Front>
  );
}

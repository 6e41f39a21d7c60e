import type { LiveState } from "@tiketti/sdk";

/** Whether what is shown is of now. */
export function Sign({ live, isLost, caughtUp }: { live: LiveState; isLost: boolean; caughtUp: number | null }) {
  const [kind, text] = wordsOf(live, isLost, caughtUp);
  return (
    <span className={`sign ${kind}`} role="status">
      {text}
    </span>
  );
}

function wordsOf(live: LiveState, isLost: boolean, caughtUp: number | null): [kind: string, text: string] {
  if (isLost) return ["lost", "Connection lost · reconnecting"];
  if (caughtUp === 0) return ["back", "Back · nothing was missed"];
  if (caughtUp !== null) return ["back", `Back · caught up on ${caughtUp} change${caughtUp === 1 ? "" : "s"}`];
  return live === "connected" ? ["live", "Live"] : ["connecting", "Connecting"];
}

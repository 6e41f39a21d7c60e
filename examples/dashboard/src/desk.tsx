import type { LiveState, QueueKey, Tiketti } from "@tiketti/sdk";
import { useCallback, useEffect, useRef, useState } from "react";
import { DayChart } from "./day-chart.tsx";
import { Help } from "./help.tsx";
import type { Membership } from "./session.ts";
import { Thread } from "./thread.tsx";
import { TicketList } from "./ticket-list.tsx";
import { TimerBar } from "./timer-bar.tsx";
import { type Filter, useCatchUp, useDay, useQueues, useTickets, useTimer } from "./use-live.ts";
import { initials, queueName } from "./words.ts";

interface Props {
  tiketti: Tiketti;
  live: LiveState;
  memberships: Membership[];
  organizationId: string;
  onOrganization: (id: string) => void;
  onSignOut: () => void;
}

const order = ["MINE", "UNASSIGNED", "OPEN", "PENDING", "RESOLVED", "CLOSED", "ALL"] as const;

const readHash = () => location.hash.slice(1).split("/");

/** Where the page is: `#MINE/NORD-7`. */
function useHash(): [queue: QueueKey, code: string | null, go: (queue: QueueKey, code: string | null) => void] {
  const [[queue, code], set] = useState(readHash);
  useEffect(() => {
    const onChange = () => set(readHash());
    addEventListener("hashchange", onChange);
    return () => removeEventListener("hashchange", onChange);
  }, []);
  const go = useCallback((nextQueue: QueueKey, nextCode: string | null) => {
    location.hash = nextCode ? `${nextQueue}/${nextCode}` : nextQueue;
  }, []);
  return [order.find((key) => key === queue) ?? "OPEN", code || null, go];
}

/** Queues, the list of one, the thread of one ticket, and whether all that is of now. */
export function Desk({ tiketti, live, memberships, organizationId, onOrganization, onSignOut }: Props) {
  const [queue, code, go] = useHash();
  const [search, setSearch] = useState("");
  const [isHelpOpen, setHelpOpen] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const { queues, fault } = useQueues(tiketti);
  const current = queues?.find(({ key }) => key === queue);
  const { isLost, caughtUp, heard } = useCatchUp(live);
  const list = useTickets(tiketti, (current?.filter ?? null) as Filter | null, search, heard);
  const [timer, refreshTimer] = useTimer(tiketti);
  const day = useDay(tiketti);
  const viewer = useViewer(tiketti);

  useEffect(() => {
    const step = (by: number) => {
      const tickets = list.tickets ?? [];
      const at = tickets.findIndex((ticket) => ticket.code === code);
      const next = tickets[Math.min(Math.max(at + by, 0), tickets.length - 1)];
      if (next) go(queue, next.code);
    };
    const onKey = (event: KeyboardEvent) => {
      const isTyping = (event.target as HTMLElement).closest?.("input, textarea, select, [role=dialog]");
      if (event.key === "Escape") {
        if (isTyping) (event.target as HTMLElement).blur();
        else go(queue, null);
        return;
      }
      if (isTyping || event.metaKey || event.ctrlKey || event.altKey) return;
      const field = (name: string) => document.querySelector<HTMLElement>(`[data-key="${name}"]`);
      const actions: Record<string, () => void> = {
        j: () => step(1),
        k: () => step(-1),
        "/": () => searchField.current?.focus(),
        r: () => field("reply")?.click(),
        n: () => field("note")?.click(),
        a: () => field("assignee")?.focus(),
        s: () => field("status")?.focus(),
        t: () => field("timer")?.click(),
        "?": () => setHelpOpen(true),
      };
      const digit = Number(event.key);
      const wanted = order[digit - 1];
      if (wanted) go(wanted, null);
      else if (actions[event.key]) actions[event.key]?.();
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [list.tickets, code, queue, go]);

  return (
    <div className={`desk${code ? " has-ticket" : ""}`}>
      <nav className="side" aria-label="Queues">
        <div className="brand">
          <span className="logo">T</span>
          {memberships.length > 1 ? (
            <select
              aria-label="Organization"
              value={organizationId}
              onChange={({ target }) => onOrganization(target.value)}
            >
              {memberships.map((one) => (
                <option key={one.organizationId} value={one.organizationId}>
                  {one.organizationName}
                </option>
              ))}
            </select>
          ) : (
            <strong>{memberships[0]?.organizationName}</strong>
          )}
        </div>
        <ul className="queues">
          {order.map((key, index) => {
            const one = queues?.find((known) => known.key === key);
            return (
              <li key={key}>
                <a href={`#${key}`} aria-current={key === queue ? "page" : undefined} title={`Key ${index + 1}`}>
                  <span className={`dot ${key.toLowerCase()}`} />
                  {queueName(key)}
                  <span className="count">{one?.ticketCount ?? "–"}</span>
                </a>
              </li>
            );
          })}
        </ul>
        <DayChart day={day} />
        <div className="me">
          <span className="avatar">{initials(viewer?.name ?? "?")}</span>
          <span className="who">
            <strong>{viewer?.name ?? "…"}</strong>
            <span>
              {viewer?.roleName} ·{" "}
              <button type="button" className="link" onClick={onSignOut}>
                Sign out
              </button>
            </span>
          </span>
          <button type="button" className="quiet" onClick={() => setHelpOpen(true)} aria-label="Keys" title="Keys (?)">
            <kbd>?</kbd>
          </button>
        </div>
      </nav>
      <TicketList
        list={{ ...list, fault: list.fault ?? fault }}
        title={queueName(queue)}
        search={search}
        searchField={searchField}
        onSearch={setSearch}
        selected={code}
        onOpen={(one) => go(queue, one)}
        sign={<Sign live={live} isLost={isLost} caughtUp={caughtUp} />}
      />
      {code ? (
        <Thread
          key={code}
          tiketti={tiketti}
          code={code}
          onBack={() => go(queue, null)}
          timer={timer}
          onTimer={refreshTimer}
        />
      ) : (
        <main className="thread nothing">
          <p>
            Choose a ticket, or press <kbd>j</kbd>.
          </p>
        </main>
      )}
      {timer && <TimerBar tiketti={tiketti} timer={timer} onChange={refreshTimer} onOpen={(one) => go(queue, one)} />}
      {isHelpOpen && <Help onClose={() => setHelpOpen(false)} />}
    </div>
  );
}

/** Whether what is shown is of now. */
function Sign({ live, isLost, caughtUp }: { live: LiveState; isLost: boolean; caughtUp: number | null }) {
  const [kind, text] = isLost
    ? ["lost", "Connection lost · trying again"]
    : caughtUp !== null
      ? [
          "back",
          `Back · ${caughtUp === 0 ? "nothing was missed" : `caught up on ${caughtUp} change${caughtUp === 1 ? "" : "s"}`}`,
        ]
      : live === "connected"
        ? ["live", "Live"]
        : ["connecting", "Connecting"];
  return (
    <span className={`sign ${kind}`} role="status">
      {text}
    </span>
  );
}

function useViewer(tiketti: Tiketti): { name: string; roleName: string } | null {
  const [viewer, setViewer] = useState<{ name: string; roleName: string } | null>(null);
  useEffect(() => {
    let isGone = false;
    tiketti
      .query({ viewer: { roleName: true, actor: { name: true } } })
      .then((answer) => {
        if (!isGone) setViewer({ name: answer.viewer.actor.name, roleName: answer.viewer.roleName });
      })
      .catch(() => {});
    return () => {
      isGone = true;
    };
  }, [tiketti]);
  return viewer;
}

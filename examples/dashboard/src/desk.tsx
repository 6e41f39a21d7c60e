import type { LiveState, TicketFilter, Tiketti } from "@tiketti/sdk";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { type DeskContext, DeskProvider, holds } from "./desk-context.ts";
import { Help } from "./help.tsx";
import { Keyboard } from "./keys/keyboard.ts";
import { useDeskKeys } from "./keys/use-desk-keys.ts";
import { type DeskQueue, usePlace } from "./keys/use-place.ts";
import { useWorkflow } from "./keys/use-workflow.ts";
import { TicketList } from "./list/ticket-list.tsx";
import { useDay } from "./live/use-day.ts";
import { useDeskData } from "./live/use-desk-data.ts";
import { useCatchUp, useQueues, useTimer } from "./live/use-live.ts";
import { useTickets } from "./live/use-tickets.ts";
import { NewTicket } from "./new-ticket.tsx";
import { Changes } from "./notices/changes.ts";
import { Notices } from "./notices/notices.ts";
import { Toasts } from "./notices/toasts.tsx";
import type { Membership } from "./session.ts";
import { Side } from "./side/side.tsx";
import { Sign } from "./side/sign.tsx";
import { Thread } from "./thread/thread.tsx";
import { TimerBar } from "./time/timer-bar.tsx";
import { queueName } from "./words.ts";

interface Props {
  tiketti: Tiketti;
  live: LiveState;
  email: string;
  memberships: Membership[];
  organizationId: string;
  onOrganization: (id: string) => void;
  onSignOut: () => void;
}

/** Queues, the list of one, the thread of one ticket, and whether all that is of now. */
export function Desk(props: Props) {
  const { tiketti, live } = props;
  const context = useContextValue(props);
  const { keyboard, viewer } = context;
  const [place, go] = usePlace(() => keyboard.drop());
  const { queue, code } = place;
  const [search, setSearch] = useState("");
  const [window, setWindow] = useState<"help" | "new" | null>(null);
  const [selected, setSelected] = useSelection(queue);
  const searchField = useRef<HTMLInputElement>(null);
  const { queues, fault } = useQueues(tiketti);
  const { isLost, caughtUp, heard } = useCatchUp(live);
  const list = useTickets(tiketti, filterOf(queue, queues), search, heard);
  const [timer, refreshTimer] = useTimer(tiketti);
  const day = useDay(tiketti);
  const { open, onReady, finish } = useWorkflow(context, place, go, list.tickets);
  useDeskKeys({
    context,
    place,
    tickets: list.tickets,
    open,
    searchField,
    onHelp: () => setWindow("help"),
    selected,
    onSelect: setSelected,
  });
  // By a pointer somewhere else: what was typed ahead was meant for another ticket.
  const openByHand = (one: string | null) => {
    keyboard.drop();
    open({ queue, code: one });
  };
  return (
    <DeskProvider value={context}>
      <div className={`desk${code ? " has-ticket" : ""}`}>
        <Side {...props} {...{ queue, queues, day }} onHelp={() => setWindow("help")} />
        <TicketList
          list={{ ...list, fault: list.fault ?? fault }}
          title={queueName(queue)}
          {...{ search, searchField, selected }}
          onSearch={setSearch}
          current={code}
          onOpen={openByHand}
          onSelect={setSelected}
          isTrash={queue === "TRASH"}
          onNew={holds(viewer, "TICKET_CREATE") ? () => setWindow("new") : null}
          sign={<Sign live={live} isLost={isLost} caughtUp={caughtUp} />}
        />
        {code ? (
          <Thread
            key={code}
            onBack={() => openByHand(null)}
            onOpen={openByHand}
            onTimer={refreshTimer}
            {...{ code, onReady, finish, timer }}
          />
        ) : (
          <NoTicket />
        )}
        {timer && <TimerBar timer={timer} onChange={refreshTimer} onOpen={openByHand} />}
        <Toasts notices={context.notices} />
        {window === "help" && <Help onClose={() => setWindow(null)} />}
        {window === "new" && <NewTicket onClose={() => setWindow(null)} onCreated={openByHand} />}
      </div>
    </DeskProvider>
  );
}

function NoTicket() {
  return (
    <main className="thread nothing">
      <p>
        Choose a ticket, or press <kbd>j</kbd>.
      </p>
    </main>
  );
}

function useContextValue({ tiketti, live, email, organizationId }: Props): DeskContext {
  const [{ notices, changes, keyboard }] = useState(() => {
    const made = new Notices();
    return { notices: made, changes: new Changes(made), keyboard: new Keyboard() };
  });
  const data = useDeskData(tiketti);
  const isConnected = live === "connected";
  useLayoutEffect(() => keyboard.open(), [keyboard]);
  // Until then no key can tell whether it may act.
  const isStarting = data.viewer === null;
  useLayoutEffect(() => {
    if (isStarting) keyboard.hold("starting");
    else keyboard.release("starting");
  }, [keyboard, isStarting]);
  useEffect(() => {
    if (isConnected) notices.connected();
  }, [isConnected, notices]);
  return useMemo(
    () => ({ tiketti, notices, changes, keyboard, ...data, owner: { email, organizationId }, isConnected }),
    [tiketti, notices, changes, keyboard, data, email, organizationId, isConnected],
  );
}

/** The ids of the selected tickets; another queue begins without any. */
function useSelection(queue: DeskQueue): [ReadonlySet<string>, (ids: string[]) => void] {
  const [state, setState] = useState({ queue, ids: new Set<string>() });
  const none = useMemo(() => new Set<string>(), []);
  return [state.queue === queue ? state.ids : none, (ids) => setState({ queue, ids: new Set(ids) })];
}

type Counted = { key: string; filter: unknown }[] | null;

/** Null until the server has told it. */
function filterOf(queue: DeskQueue, queues: Counted): TicketFilter | null {
  if (queue === "TRASH") return { isDeleted: true };
  return (queues?.find(({ key }) => key === queue)?.filter ?? null) as TicketFilter | null;
}

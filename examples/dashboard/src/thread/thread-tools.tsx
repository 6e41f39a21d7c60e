import type { TicketPriority, TicketStatus } from "@tiketti/sdk";
import { useState } from "react";
import type { Finish } from "../composer/use-composer.ts";
import { useDesk } from "../desk-context.ts";
import type { Timer } from "../live/use-live.ts";
import type { Ticket } from "../live/use-thread.ts";
import { LogTime } from "../time/log-time.tsx";
import { TimerButton } from "../time/timer-button.tsx";
import { Menu } from "../widgets/menu.tsx";
import { duration, moment, priorityNames, statusNames } from "../words.ts";
import { Merge } from "./merge.tsx";
import { holdsReason, whyNot } from "./reasons.ts";
import { Snooze } from "./snooze.tsx";
import { assigneeChange, labelChange, priorityChange, statusChange, trashChange } from "./ticket-changes.ts";

interface Props {
  ticket: Ticket;
  finish: Finish;
  timer: Timer;
  onTimer: () => Promise<void>;
  onOpen: (code: string) => void;
  onBack: () => void;
}

/** The menus of a ticket; each change that they make has an undo. */
export function ThreadTools(props: Props) {
  const { ticket, timer, onTimer } = props;
  const { minutes } = ticket.timeSummary;
  return (
    <div className="tools" role="toolbar" aria-label="Ticket">
      <StatusMenu {...props} />
      <AssigneeMenu ticket={ticket} />
      <PriorityMenu ticket={ticket} />
      <LabelMenu ticket={ticket} />
      <TimerButton ticket={ticket} timer={timer} onTimer={onTimer} />
      <MoreMenu {...props} />
      {ticket.status === "PENDING" && ticket.pendingUntil && (
        <span className="spent">until {moment(ticket.pendingUntil)}</span>
      )}
      {minutes > 0 && (
        <span className="spent" title="Time on this ticket">
          {duration(minutes)}
        </span>
      )}
    </div>
  );
}

function StatusMenu({ ticket, finish }: Props) {
  const { tiketti, changes, viewer } = useDesk();
  const choose = (status: TicketStatus) => {
    if (status === ticket.status) return;
    const run = () => changes.make(statusChange(tiketti, ticket, { status }));
    if (status === "RESOLVED" || status === "CLOSED") void finish(run);
    else void run();
  };
  const statuses = [ticket.status, ...ticket.allowedStatuses.filter((one) => one !== ticket.status)];
  return (
    <Menu
      label="Status"
      shortcut="status"
      className={`status ${ticket.status.toLowerCase()}`}
      whyNot={whyNot("update", ticket, viewer)}
      options={statuses.map((id) => ({
        id,
        name: statusNames[id],
        mark: <span className={`dot ${id.toLowerCase()}`} />,
      }))}
      chosen={[ticket.status]}
      onChoose={(id) => choose(id as TicketStatus)}
    >
      <span className={`dot ${ticket.status.toLowerCase()}`} /> {statusNames[ticket.status]}
    </Menu>
  );
}

const nobody = "nobody";

function AssigneeMenu({ ticket }: { ticket: Ticket }) {
  const { tiketti, changes, viewer, members } = useDesk();
  const { assignee } = ticket;
  const known = members.some(({ id }) => id === assignee?.id) || !assignee ? members : [...members, assignee];
  const options = [
    ...(viewer ? [{ id: viewer.id, name: `${viewer.name} (me)` }] : []),
    { id: nobody, name: "Nobody" },
    ...known.filter(({ id }) => id !== viewer?.id),
  ];
  return (
    <Menu
      label="Assignee"
      shortcut="assignee"
      whyNot={whyNot("assign", ticket, viewer)}
      options={options}
      chosen={[assignee?.id ?? nobody]}
      onChoose={(id) => {
        if (id === (assignee?.id ?? nobody)) return;
        void changes.make(assigneeChange(tiketti, ticket, known.find((member) => member.id === id) ?? null));
      }}
    >
      {assignee?.name ?? "Nobody"}
    </Menu>
  );
}

function PriorityMenu({ ticket }: { ticket: Ticket }) {
  const { tiketti, changes, viewer } = useDesk();
  const { priority } = ticket;
  return (
    <Menu
      label="Priority"
      shortcut="priority"
      className={`priority ${priority.toLowerCase()}`}
      whyNot={whyNot("update", ticket, viewer)}
      options={(["LOW", "NORMAL", "HIGH", "URGENT"] as const).map((id) => ({ id, name: priorityNames[id] }))}
      chosen={[priority]}
      onChoose={(id) => {
        if (id !== priority) void changes.make(priorityChange(tiketti, ticket, id as TicketPriority));
      }}
    >
      {priorityNames[priority]}
    </Menu>
  );
}

function LabelMenu({ ticket }: { ticket: Ticket }) {
  const { tiketti, changes, viewer, labels } = useDesk();
  const chosen = ticket.labels.map(({ id }) => id);
  return (
    <Menu
      label="Labels"
      shortcut="labels"
      isMultiple
      whyNot={whyNot("update", ticket, viewer)}
      options={labels.map((label) => ({
        ...label,
        mark: <span className="swatch" style={{ background: label.color }} />,
      }))}
      chosen={chosen}
      onChoose={(id) => {
        const label = labels.find((one) => one.id === id);
        if (label) void changes.make(labelChange(tiketti, ticket, label, !chosen.includes(id)));
      }}
    >
      {ticket.labels.length === 0
        ? "Labels"
        : ticket.labels.map(({ id, name, color }) => (
            <span key={id} className="tag" style={{ "--label": color } as object}>
              {name}
            </span>
          ))}
    </Menu>
  );
}

type Window = "time" | "snooze" | "merge";

function MoreMenu({ ticket, finish, onOpen, onBack }: Props) {
  const { tiketti, changes, notices, viewer } = useDesk();
  const [open, setOpen] = useState<Window | null>(null);
  const close = () => setOpen(null);
  const trash = async () => {
    if (await changes.make(trashChange(tiketti, ticket, ticket.deletedAt === null))) onBack();
  };
  const acts: Record<string, [name: string, why: string | null, run: () => void]> = {
    time: ["Log time …", whyNot("logTime", ticket, viewer), () => setOpen("time")],
    snooze: ["Snooze …", whyNot("update", ticket, viewer) ?? snoozeReason(ticket), () => setOpen("snooze")],
    merge: ["Merge …", whyNot("merge", ticket, viewer), () => setOpen("merge")],
    trash: ticket.deletedAt
      ? ["Restore", holdsReason(viewer, "TICKET_DELETE"), trash]
      : ["Delete", whyNot("delete", ticket, viewer), trash],
  };
  return (
    <>
      <Menu
        label="More"
        shortcut="more"
        isActions
        options={Object.entries(acts).map(([id, [name]]) => ({ id, name }))}
        chosen={[]}
        onChoose={(id) => {
          const [, why, run] = acts[id] ?? [];
          if (why) notices.refuse(why);
          else run?.();
        }}
      >
        More
      </Menu>
      {open === "time" && <LogTime ticket={ticket} onClose={close} />}
      {open === "snooze" && <Snooze ticket={ticket} finish={finish} onClose={close} />}
      {open === "merge" && <Merge ticket={ticket} onClose={close} onMerged={onOpen} />}
    </>
  );
}

const snoozeReason = ({ code, allowedStatuses, status }: Ticket) =>
  status === "PENDING" || allowedStatuses.includes("PENDING")
    ? null
    : `${code} is ${statusNames[status]}; only open and pending tickets can wait. Open it first.`;

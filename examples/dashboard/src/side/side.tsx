import { holds, useDesk } from "../desk-context.ts";
import { type DeskQueue, queueOrder } from "../keys/use-place.ts";
import type { Day } from "../live/use-day.ts";
import type { Queue } from "../live/use-live.ts";
import type { Membership } from "../session.ts";
import { Menu } from "../widgets/menu.tsx";
import { initials, queueName } from "../words.ts";
import { DayChart } from "./day-chart.tsx";
import { useStrip } from "./use-strip.ts";

interface Props {
  queue: DeskQueue;
  queues: Queue[] | null;
  day: Day | null;
  memberships: Membership[];
  organizationId: string;
  onOrganization: (id: string) => void;
  onHelp: () => void;
  onSignOut: () => void;
}

/** The organization, its queues with their counts, the day, and who is signed in. */
export function Side(props: Props) {
  return (
    <nav className="side" aria-label="Queues">
      <Brand {...props} />
      <Queues {...props} />
      <DayChart day={props.day} />
      <Me {...props} />
    </nav>
  );
}

function Queues({ queue, queues }: Props) {
  const { viewer } = useDesk();
  const strip = useStrip(queue);
  const shown = queueOrder.filter((key) => key !== "TRASH" || holds(viewer, "TICKET_DELETE"));
  return (
    <div className="strip">
      <ul className="queues" ref={strip}>
        {shown.map((key) => (
          <li key={key}>
            <a
              href={`#${key}`}
              aria-current={key === queue ? "page" : undefined}
              title={`Key ${queueOrder.indexOf(key) + 1}`}
            >
              <span className={`dot ${key.toLowerCase()}`} />
              {queueName(key)}
              {key !== "TRASH" && (
                <span className="count">{queues?.find((known) => known.key === key)?.ticketCount ?? "–"}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Brand({ memberships, organizationId, onOrganization }: Props) {
  const current = memberships.find((one) => one.organizationId === organizationId);
  return (
    <div className="brand">
      <span className="logo" aria-hidden="true">
        T
      </span>
      {memberships.length > 1 ? (
        <Menu
          label="Organization"
          options={memberships.map((one) => ({ id: one.organizationId, name: one.organizationName }))}
          chosen={[organizationId]}
          onChoose={(id) => id !== organizationId && onOrganization(id)}
        >
          {current?.organizationName ?? "…"}
        </Menu>
      ) : (
        <strong>{current?.organizationName}</strong>
      )}
    </div>
  );
}

function Me({ onHelp, onSignOut }: Props) {
  const { viewer } = useDesk();
  return (
    <div className="me">
      <span className="avatar" aria-hidden="true">
        {initials(viewer?.name ?? "?")}
      </span>
      <span className="who">
        <strong>{viewer?.name ?? "…"}</strong>
        <span>
          {viewer?.roleName} ·{" "}
          <button type="button" className="link" onClick={onSignOut}>
            Sign out
          </button>
        </span>
      </span>
      <button type="button" className="quiet" onClick={onHelp} aria-label="Keys" title="Keys (?)">
        <kbd>?</kbd>
      </button>
    </div>
  );
}

import { useState } from "react";
import { useDesk } from "../desk-context.ts";
import type { Row } from "../live/use-tickets.ts";
import { toFault } from "../notices/faults.ts";
import { holdsReason } from "../thread/reasons.ts";
import { Menu } from "../widgets/menu.tsx";
import { priorityNames, statusNames } from "../words.ts";
import { type BulkInput, bulkChange, changeMany, type Failure, mostTickets } from "./bulk-changes.ts";

interface Props {
  rows: readonly Row[];
  isTrash: boolean;
  onSelect: (ids: string[]) => void;
}

/** What can be done with the selected tickets. Those that it failed for stay selected. */
export function BulkBar({ rows, isTrash, onSelect }: Props) {
  const { notices, viewer } = useDesk();
  const { failures, apply, isBusy } = useBulk(rows, onSelect);
  const isFull = rows.length > mostTickets ? `At most ${mostTickets} tickets change at once. Select fewer.` : null;
  const count = rows.length === 1 ? "1 ticket" : `${rows.length} tickets`;
  const why = isFull ?? holdsReason(viewer, "TICKET_DELETE");
  return (
    <section className="bulk" aria-label="Selected tickets" aria-busy={isBusy}>
      <strong>{rows.length} selected</strong>
      {!isTrash && <ChangeMenus rows={rows} count={count} isFull={isFull} apply={apply} />}
      <button
        type="button"
        aria-disabled={why !== null}
        title={why ?? undefined}
        onClick={() => {
          if (why !== null) notices.refuse(why);
          else void apply({ isDeleted: !isTrash }, `${count} ${isTrash ? "restored" : "moved to the trash"}.`);
        }}
      >
        {isTrash ? "Restore" : "Delete"}
      </button>
      <button type="button" className="quiet" onClick={() => onSelect([])}>
        Clear
      </button>
      {failures.length > 0 && <Failures failures={failures} />}
    </section>
  );
}

type Apply = (input: BulkInput, told: string) => Promise<void>;

function useBulk(rows: readonly Row[], onSelect: (ids: string[]) => void) {
  const { tiketti, changes, notices } = useDesk();
  const [failures, setFailures] = useState<Failure[]>([]);
  const [isBusy, setBusy] = useState(false);
  const change = async (input: BulkInput, told: string) => {
    const failed = await changeMany(tiketti, rows, input);
    setFailures(failed);
    onSelect(failed.map(({ id }) => id));
    const done = rows.filter(({ id }) => !failed.some((one) => one.id === id));
    if (done.length > 0)
      await changes.make(bulkChange(tiketti, done, input, failed.length > 0 ? `${done.length} of ${told}` : told));
  };
  const apply: Apply = async (input, told) => {
    if (isBusy) return;
    setBusy(true);
    await changes.during(() => change(input, told)).catch((error) => notices.fault(toFault(error)));
    setBusy(false);
  };
  return { failures, apply, isBusy };
}

function Failures({ failures }: { failures: Failure[] }) {
  return (
    <ul className="fault" role="alert" aria-label="Not changed">
      {failures.map(({ id, code, message }) => (
        <li key={id}>
          {!message.includes(code) && <b>{code} </b>}
          {message}
        </li>
      ))}
    </ul>
  );
}

interface MenusProps {
  rows: readonly Row[];
  count: string;
  isFull: string | null;
  apply: Apply;
}

function ChangeMenus({ rows, count, isFull, apply }: MenusProps) {
  const { viewer, members } = useDesk();
  const whyNoUpdate = isFull ?? holdsReason(viewer, "TICKET_UPDATE");
  const named = <Key extends string>(names: Record<Key, string>) =>
    (Object.entries(names) as [Key, string][]).map(([id, name]) => ({ id, name }));
  const [statuses, priorities] = [named(statusNames), named(priorityNames)];
  const people = [{ id: "", name: "Nobody" }, ...members];
  return (
    <>
      <OneMenu label="status" whyNot={whyNoUpdate} options={statuses}>
        {({ id, name }) => apply({ status: id }, `${count} set to ${name}.`)}
      </OneMenu>
      <OneMenu label="assignee" whyNot={isFull ?? holdsReason(viewer, "TICKET_ASSIGN")} options={people}>
        {({ id, name }) => apply({ assignee: id ? { id } : null }, `${count} assigned to ${id ? name : "nobody"}.`)}
      </OneMenu>
      <OneMenu label="priority" whyNot={whyNoUpdate} options={priorities}>
        {({ id, name }) => apply({ priority: id }, `${count} set to the priority ${name}.`)}
      </OneMenu>
      <LabelsMenu rows={rows} count={count} whyNot={whyNoUpdate} apply={apply} />
    </>
  );
}

interface OneMenuProps<One> {
  label: string;
  whyNot: string | null;
  options: readonly One[];
  /** Does it with the option that was chosen. */
  children: (chosen: One) => void;
}

function OneMenu<One extends { id: string; name: string }>({ label, whyNot, options, children }: OneMenuProps<One>) {
  const choose = (id: string) => {
    const chosen = options.find((option) => option.id === id);
    if (chosen) children(chosen);
  };
  return (
    <Menu label={`Set ${label}`} whyNot={whyNot} options={options} chosen={[]} onChoose={choose}>
      {label.charAt(0).toUpperCase() + label.slice(1)}
    </Menu>
  );
}

/** A label that all of them have is taken off, another one put on. */
function LabelsMenu({ rows, count, whyNot, apply }: Omit<MenusProps, "isFull"> & { whyNot: string | null }) {
  const { labels } = useDesk();
  const onAll = labels.filter(({ id }) => rows.every((row) => row.labels.some((label) => label.id === id)));
  const toggle = (id: string) => {
    const isOn = onAll.some((label) => label.id === id);
    const name = labels.find((label) => label.id === id)?.name;
    const told = `${count} ${isOn ? "without" : "with"} the label ${name}.`;
    void apply(isOn ? { removeLabels: [{ id }] } : { addLabels: [{ id }] }, told);
  };
  return (
    <Menu
      label="Set labels"
      whyNot={whyNot}
      options={labels.map((label) => ({
        ...label,
        mark: <span className="swatch" style={{ background: label.color }} />,
      }))}
      chosen={onAll.map(({ id }) => id)}
      onChoose={toggle}
    >
      Labels
    </Menu>
  );
}

import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useDesk } from "../desk-context.ts";
import { matchOf, type Typed, typedWith } from "./typeahead.ts";
import { useDismiss } from "./use-dismiss.ts";

export interface Option {
  id: string;
  name: string;
  mark?: ReactNode;
}

interface Props {
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  /** Called for an option that was clicked, or on which Enter was pressed; by nothing else. */
  onChoose: (id: string) => void;
  /** Several can be chosen: each choice turns one on or off, and the list stays open. */
  isMultiple?: boolean;
  /** The options are things to do, and none is chosen. */
  isActions?: boolean;
  /** Why nothing can be chosen now; null where something can. */
  whyNot?: string | null;
  /** The name by which shortcuts find it. */
  shortcut?: string;
  className?: string;
  /** What the button shows. */
  children: ReactNode;
}

/** A button that opens a list to choose from. Moving through the list changes nothing. */
export function Menu({
  label,
  options,
  chosen,
  onChoose,
  isMultiple = false,
  isActions = false,
  whyNot = null,
  shortcut,
  className,
  children,
}: Props) {
  const { notices } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  useDismiss(root, isOpen, close);
  const leave = () => {
    close();
    button.current?.focus();
  };
  return (
    <div className={`menu-of ${className ?? ""}`} ref={root}>
      <button
        type="button"
        ref={button}
        data-key={shortcut}
        data-why={whyNot ?? undefined}
        title={whyNot ?? undefined}
        aria-label={isActions ? label : `${label}: ${nameOf(options, chosen)}`}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-disabled={whyNot !== null}
        onClick={() => (whyNot === null ? setOpen((is) => !is) : notices.refuse(whyNot))}
      >
        {children}
      </button>
      {isOpen && (
        <Choices
          {...{ label, options, chosen, isMultiple, isActions }}
          onLeave={leave}
          onBlur={close}
          onChoose={(id) => {
            onChoose(id);
            if (!isMultiple) leave();
          }}
        />
      )}
    </div>
  );
}

const nameOf = (options: readonly Option[], chosen: readonly string[]) =>
  options
    .filter(({ id }) => chosen.includes(id))
    .map(({ name }) => name)
    .join(", ") || "none";

interface ChoicesProps extends Pick<Props, "label" | "options" | "chosen" | "onChoose" | "isMultiple" | "isActions"> {
  onLeave: () => void;
  onBlur: () => void;
}

function Choices({ label, options, chosen, onChoose, isMultiple, isActions, onLeave, onBlur }: ChoicesProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const shift = useInsideOfWindow(list);
  const { active, setActive, text, onMove } = useActive(options, chosen);
  useEffect(() => list.current?.focus({ preventScroll: true }), []);
  const onKey = (event: KeyboardEvent) => {
    // Keys in here are no shortcuts of the desk.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const option = options[active];
    if (event.key === "Escape") onLeave();
    else if (event.key === "Enter") option && onChoose(option.id);
    else if (!onMove(event.key)) return;
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      className="menu"
      style={{ left: shift }}
      aria-label={label}
      aria-multiselectable={isMultiple || undefined}
      aria-activedescendant={active >= 0 ? `${id}${active}` : undefined}
      onKeyDown={onKey}
      onBlur={onBlur}
    >
      {options.length === 0 && <span className="hint">There is nothing to choose.</span>}
      {active < 0 && text !== "" && <span className="hint">Nothing begins with “{text}”.</span>}
      {options.map((option, at) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys, and the focus
        // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names the option by aria-activedescendant
        <div
          key={option.id}
          id={`${id}${at}`}
          role="option"
          aria-selected={chosen.includes(option.id)}
          className={at === active ? "option active" : "option"}
          onPointerMove={() => setActive(at)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(option.id)}
        >
          {!isActions && <span className="tick">{chosen.includes(option.id) ? "✓" : ""}</span>}
          {option.mark}
          {option.name}
        </div>
      ))}
    </div>
  );
}

/** Which option Enter would choose; -1 is none. */
function useActive(options: readonly Option[], chosen: readonly string[]) {
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      options.findIndex(({ id }) => chosen.includes(id)),
    ),
  );
  const [typed, setTyped] = useState<Typed>({ text: "", at: 0 });
  /** Answers whether the key was one that moves. */
  const onMove = (key: string): boolean => {
    const last = options.length - 1;
    if (key === "ArrowDown") setActive(Math.min(active + 1, last));
    else if (key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (key === "Home") setActive(0);
    else if (key === "End") setActive(last);
    else if (key.length === 1) {
      const next = typedWith(typed, key, Date.now());
      setTyped(next);
      const names = options.map(({ name }) => name);
      setActive(matchOf(names, next.text));
    } else return false;
    return true;
  };
  return { active, setActive, text: typed.text, onMove };
}

const edge = 12;

/** How far to move it so that it doesn't stick out at the right, in pixels. */
function useInsideOfWindow(element: RefObject<HTMLElement | null>): number {
  const [shift, setShift] = useState(0);
  useLayoutEffect(() => {
    const right = element.current?.getBoundingClientRect().right ?? 0;
    setShift(Math.min(0, document.documentElement.clientWidth - edge - right));
  }, [element]);
  return shift;
}

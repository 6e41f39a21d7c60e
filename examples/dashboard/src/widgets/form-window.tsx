import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useDesk } from "../desk-context.ts";
import { type Fault, toFault } from "../notices/faults.ts";
import { Dialog } from "./dialog.tsx";

interface Props {
  title: string;
  submit: string;
  onClose: () => void;
  /** Does it; the window closes when it worked, and stays with what was typed when it didn't. */
  onSubmit: (form: FormData) => Promise<void>;
  children: ReactNode;
}

/** A window with a form. */
export function FormWindow({ title, submit, onClose, onSubmit, children }: Props) {
  const { isConnected } = useDesk();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    if (isConnected) setFault((before) => (before?.isAway ? null : before));
  }, [isConnected]);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setFault(null);
    try {
      await onSubmit(new FormData(event.currentTarget));
      onClose();
    } catch (error) {
      setFault(toFault(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="form" onSubmit={send}>
        {children}
        {fault && (
          <p className={fault.isAway ? "fault away" : "fault"} role="alert">
            {fault.text}
          </p>
        )}
        <div className="send">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={isBusy}>
            {isBusy ? "Saving …" : submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

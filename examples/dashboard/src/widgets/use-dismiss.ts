import { type RefObject, useEffect } from "react";

/** Closes what is open when somebody presses a pointer outside of it. */
export function useDismiss(inside: RefObject<Element | null>, isOpen: boolean, close: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const onPointer = ({ target }: PointerEvent) => {
      if (target instanceof Node && !inside.current?.contains(target)) close();
    };
    addEventListener("pointerdown", onPointer, true);
    return () => removeEventListener("pointerdown", onPointer, true);
  }, [inside, isOpen, close]);
}

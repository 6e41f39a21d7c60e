import { type RefObject, useEffect, useRef } from "react";

const fade = "34px";

/** A row that scrolls sideways on a narrow screen: it shows at which ends there is more, and what is current. */
export function useStrip(current: string): RefObject<HTMLUListElement | null> {
  const strip = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const show = () => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const [isBefore, isAfter] = [scrollLeft > 1, scrollLeft < scrollWidth - clientWidth - 1];
      element.style.setProperty("--fade-start", isBefore ? fade : "0px");
      element.style.setProperty("--fade-end", isAfter ? fade : "0px");
    };
    const sizes = new ResizeObserver(show);
    sizes.observe(element);
    for (const item of element.children) sizes.observe(item);
    element.addEventListener("scroll", show);
    show();
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", show);
    };
  }, []);
  useEffect(() => {
    const [element, link] = [strip.current, strip.current?.querySelector<HTMLElement>(`[href="#${current}"]`)];
    if (!element || !link) return;
    element.scrollLeft += middleOf(link) - middleOf(element);
  }, [current]);
  return strip;
}

function middleOf(element: Element): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

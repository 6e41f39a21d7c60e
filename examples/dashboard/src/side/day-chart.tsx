import type { Day } from "../live/use-day.ts";

const width = 208;
const height = 56;

/** Tickets opened and resolved in each hour of today. */
export function DayChart({ day }: { day: Day | null }) {
  if (!day) return <figure className="day" aria-busy="true" />;
  const most = Math.max(1, ...day.opened, ...day.resolved);
  const step = width / 24;
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  const bars = (counts: number[], kind: string, offset: number) =>
    counts.map((count, hour) => {
      const tall = (count / most) * (height - 4);
      return (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its index
          key={hour}
          className={kind}
          x={hour * step + offset}
          y={height - tall}
          width={step / 2 - 1}
          height={tall}
          rx={1}
        />
      );
    });
  return (
    <figure className="day">
      <figcaption>
        Today <span className="opened">{sum(day.opened)} opened</span>
        <span className="resolved">{sum(day.resolved)} resolved</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height + 12}`} role="img" aria-label="Tickets opened and resolved by the hour">
        <line x1="0" x2={width} y1={height} y2={height} />
        {bars(day.opened, "opened", 0.5)}
        {bars(day.resolved, "resolved", step / 2)}
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} x={hour * step} y={height + 10}>
            {hour}
          </text>
        ))}
      </svg>
    </figure>
  );
}

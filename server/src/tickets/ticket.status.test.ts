import { describe, expect, it } from "vitest";
import { allowedStatuses, changeStatus, statusAfterReply, ticketStatuses } from "./ticket.status.ts";

const now = new Date("2026-11-23T09:00:00Z");
const earlier = new Date("2026-11-01T09:00:00Z");
const ticket = (status: (typeof ticketStatuses)[number]) => ({
  code: "ACME-1",
  status,
  resolvedAt: status === "RESOLVED" || status === "CLOSED" ? earlier : null,
  closedAt: status === "CLOSED" ? earlier : null,
  pendingUntil: status === "PENDING" ? earlier : null,
});

describe("a change of status", () => {
  it.each([
    ["OPEN", ["PENDING", "RESOLVED", "CLOSED"]],
    ["PENDING", ["OPEN", "RESOLVED", "CLOSED"]],
    ["RESOLVED", ["OPEN", "CLOSED"]],
    ["CLOSED", ["OPEN"]],
  ] as const)("from %s leads to exactly %j, and anything else names what is allowed", (from, allowed) => {
    expect(allowedStatuses(from)).toEqual(allowed);
    for (const to of ticketStatuses) {
      if (to === from || (allowed as readonly string[]).includes(to))
        expect(changeStatus(ticket(from), to, now).status).toBe(to);
      else
        expect(() => changeStatus(ticket(from), to, now)).toThrow(
          `Ticket ACME-1 is ${from} and can't become ${to}; from here it can become ${allowed.join(" or ")}.`,
        );
    }
  });

  it("to the same status changes nothing", () => {
    for (const status of ticketStatuses) {
      const { code: _code, ...fields } = ticket(status);
      expect(changeStatus(ticket(status), status, now)).toEqual(fields);
    }
  });

  it("stamps what it reaches and clears what it leaves", () => {
    expect(changeStatus(ticket("OPEN"), "RESOLVED", now)).toEqual({
      status: "RESOLVED",
      resolvedAt: now,
      closedAt: null,
      pendingUntil: null,
    });
    expect(changeStatus(ticket("RESOLVED"), "CLOSED", now)).toEqual({
      status: "CLOSED",
      resolvedAt: earlier,
      closedAt: now,
      pendingUntil: null,
    });
    expect(changeStatus(ticket("CLOSED"), "OPEN", now)).toEqual({
      status: "OPEN",
      resolvedAt: null,
      closedAt: null,
      pendingUntil: null,
    });
    expect(changeStatus(ticket("OPEN"), "PENDING", now, now).pendingUntil).toEqual(now);
  });
});

describe("the status after a public reply", () => {
  it("is what was asked for, else an OPEN ticket is PENDING and others stay", () => {
    expect(statusAfterReply(ticket("OPEN"), "RESOLVED")).toBe("RESOLVED");
    expect(statusAfterReply(ticket("OPEN"), null)).toBe("PENDING");
    expect(statusAfterReply(ticket("RESOLVED"), undefined)).toBe("RESOLVED");
    expect(() => statusAfterReply(ticket("CLOSED"), null)).toThrow("so a reply must give its status");
  });
});

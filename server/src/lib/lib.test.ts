import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testSeed } from "../../test/testkit/seed.ts";
import { domainCandidates } from "../customers/company.domain.ts";
import { parseFilterDate } from "../filters/dates.ts";
import { previewOf } from "../messages/message.body.ts";
import { Closers } from "./closers.ts";
import { foldCase, toKey, toSearchKey } from "./key.ts";
import { domainKey, hostIn, parseAddress, parseDomain } from "./mail-address.ts";
import { NoTurn, Turns } from "./turns.ts";
import { decodeTypeId, encodeTypeId } from "./typeid.ts";
import { newUuid, uuidFromName } from "./uuid.ts";
import { trimInvisible } from "./visible.ts";

describe("a TypeID", () => {
  it("is the one of the specification's examples", () => {
    expect(encodeTypeId("prefix", "01890a5d-ac96-774b-bcce-b302099a8057")).toBe("prefix_01h455vb4pex5vsknk084sn02q");
    expect(encodeTypeId("ticket", "00000000-0000-0000-0000-000000000000")).toBe("ticket_00000000000000000000000000");
    expect(encodeTypeId("ticket", "ffffffff-ffff-ffff-ffff-ffffffffffff")).toBe("ticket_7zzzzzzzzzzzzzzzzzzzzzzzzz");
  });

  it("comes back as the same UUID, and nothing else is one", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        expect(decodeTypeId(encodeTypeId("ticket", uuid))).toEqual({ prefix: "ticket", uuid });
      }),
      { seed: testSeed() },
    );
    for (const text of [
      "",
      "ticket",
      "ticket_",
      "_01h455vb4pex5vsknk084sn02q",
      "ticket_81h455vb4pex5vsknk084sn02q",
      "ticket_01h455vb4pex5vsknk084sn02",
      "Ticket_01h455vb4pex5vsknk084sn02q",
      "ticket_01H455VB4PEX5VSKNK084SN02Q",
      "ticket_01h455vb4pex5vsknk084snilo",
    ])
      expect(decodeTypeId(text), text).toBeNull();
  });
});

describe("UUIDs", () => {
  it("of one millisecond sort in the order they were made; of a name they are the same", () => {
    const made = Array.from({ length: 1_000 }, () => newUuid(1_795_000_000_000));
    expect([...made].sort()).toEqual(made);
    expect(uuidFromName("a")).toBe(uuidFromName("a"));
    expect(uuidFromName("a")).not.toBe(uuidFromName("b"));
  });
});

describe("an address's company domains", () => {
  it("are all above it but the top-level domain, longest first", () => {
    expect(domainCandidates("a@Mail.EU.acme.test")).toEqual(["mail.eu.acme.test", "eu.acme.test", "acme.test"]);
    expect(domainCandidates("a@localhost")).toEqual([]);
  });
});

describe("a key", () => {
  /** As JavaScript has it: simple case folding (ECMA-262, Canonicalize), for what folds to one character. */
  const isSame = (a: string, b: string) => new RegExp(`^\\u{${a.codePointAt(0)?.toString(16)}}$`, "iu").test(b);
  const every = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));

  it("folds every character of Unicode as its tables do: one that differs by case alone is one, and no other", () => {
    const groups = Map.groupBy(every, foldCase);
    // Collected, and not expected one by one: a million calls of expect take half a minute.
    const faults: string[] = [];
    for (const [folded, members] of groups) {
      const [first = ""] = members;
      if ([...folded].length === 1) faults.push(...members.slice(1).filter((one) => !isSame(first, one)));
      if (foldCase(folded) !== folded) faults.push(...members);
      // The dotless i is a letter of its own, and the capital I with a dot keeps its dot.
      for (const one of members)
        if (!["ı", "I", "i", "İ"].includes(one) && foldCase(one.toUpperCase()) !== folded) faults.push(one);
    }
    expect(faults).toEqual([]);
    expect(groups.size).toBeLessThan(every.length - 1_400);
  });

  it.each([
    ["Straße", "strasse"],
    ["ŉ", "ʼn"],
    ["ΐ", "ΐ"],
    ["ﬃ", "ffi"],
    ["ẞ", "ss"],
    ["İ", "i̇"],
    ["ΣΊΣΥΦΟΣ", "σίσυφοσ"],
    ["Ꭰ", "ꭰ"],
    ["ﷺ", "صلى الله عليه وسلم"],
    ["½", "1⁄2"],
    ["  a \u200b\u00a0 b\u00ad ", "a b"],
  ])("of %s is %s", (text, key) => expect(toKey(text)).toBe(key));

  it("has room in an index, whatever a text unfolds to, and differs where the text does", () => {
    const long = "ﷺ".repeat(199);
    expect(Buffer.byteLength(toKey(`${long}a`))).toBeLessThan(2_600);
    expect(toKey(`${long}a`)).not.toBe(toKey(`${long}b`));
    expect(toKey(`${long}A`)).toBe(toKey(`${long}a`));
  });

  it("to search by has no accents, and keeps the vowels of scripts that write them as marks", () => {
    expect(toSearchKey("José Łódź Ørsted Æther ĐĐ þ")).toBe("jose lodz orsted aether dd th");
    expect(toSearchKey("हिन्दी ไทย が")).toBe("हिन्दी ไทย が");
  });
});

describe("what can be seen", () => {
  it.each([
    ["\u200b\u00ad\u3164\u2800 \ufe0f", ""],
    ["\u200bab\u200b", "ab"],
    ["☀\ufe0f ", "☀\ufe0f"],
    ["a\u{e0041}\u{e0042}", "a"],
    ["\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}"],
    ["می‌خواهم", "می‌خواهم"],
    ["\u0007a\u0085", "a"],
  ])("of %j is %j", (text, seen) => expect(trimInvisible(text)).toBe(seen));

  it("takes time in proportion to a text's length", () => {
    const time = (text: string) => {
      const begun = performance.now();
      for (const run of [toKey, toSearchKey, trimInvisible]) run(text);
      return performance.now() - begun;
    };
    for (const piece of ["\u200d", "a\u200d", "❤\ufe0f\u200d", " \u200b", "\u0301", "\u{e0041}"]) {
      const [short, long] = [piece.repeat(2_000), piece.repeat(16_000)];
      // The best of several: on a busy machine most of them are interrupted.
      const best = (text: string) => Math.min(...Array.from({ length: 8 }, () => time(text)));
      const ratio = best(long) / Math.max(0.2, best(short));
      expect(ratio, JSON.stringify(piece)).toBeLessThan(40);
    }
  });
});

describe("a domain", () => {
  it.each([
    ["ACME.com", "acme.com"],
    [" @acme.com ", "acme.com"],
    ["https://www.acme.com:8080/a?b#c", "acme.com"],
    ["http://user:pw@acme.com/x@y", "acme.com"],
    ["www.acme.com.", "acme.com"],
    ["www.com", "www.com"],
    ["MÜLLER.de", "xn--mller-kva.de"],
    ["acme。com", "acme.com"],
    ["straße.de", "xn--strae-oqa.de"],
    ["हिन्दी.com", "xn--j2bd4cyah0f.com"],
  ])("in %j is %s", (text, key) => expect(domainKey(text)).toBe(key));

  it.each([
    "acme",
    "127.1",
    "1.2.3.4",
    "a_b.com",
    "-a.com",
    "a..b",
    "a.0x1",
    "acme.c",
    `${"a".repeat(64)}.com`,
    "½.com",
    "a\u00adb.com",
    "info@acme.com",
    "xn--.com",
  ])("is none: %s", (text) => expect(parseDomain(hostIn(text))).toBeNull());

  it("is shown in Unicode, and is the same when what is shown is given again", () => {
    for (const text of ["müller.de", "xn--mller-kva.de", "нет.рф", "例え.テスト", "faß.de"]) {
      const { key, shown } = parseDomain(text) as { key: string; shown: string };
      expect([parseDomain(shown)?.key, parseDomain(key)?.shown]).toEqual([key, shown]);
    }
  });
});

describe("an e-mail address", () => {
  it.each([
    "a@b.test",
    "first.last+tag@sub.example.com",
    "o'brien@example.ie",
    "ümit@exämple.de",
    "a@xn--exmple-cua.de",
  ])("%s is one", (text) => expect(parseAddress(text)).not.toBeNull());
  it.each([
    "",
    "a",
    "a@b",
    "a@@b.test",
    "a b@c.test",
    "a@b..test",
    "a@-b.test",
    "<a@b.test>",
    "a@b.test, c@d.test",
    "a\n@b.test",
    `${"a".repeat(65)}@b.test`,
    `a@${"b".repeat(260)}.test`,
    '"a b"@c.test',
    "a@[127.0.0.1]",
  ])("%s is none", (text) => expect(parseAddress(text)).toBeNull());
});

describe("a date in a filter", () => {
  const context = { now: new Date("2026-03-30T10:00:00Z"), timeZone: "Europe/Berlin" };
  const range = (text: string) => {
    const parsed = parseFilterDate(text, context);
    return parsed && [parsed.from.toISOString(), parsed.until.toISOString()];
  };
  it("is a day of the organization, also one of 23 hours", () => {
    expect(range("2026-03-29")).toEqual(["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"]);
  });
  it("is an instant, or a duration from now over a change of the clock", () => {
    expect(range("2026-03-30T12:00:00+02:00")?.[0]).toBe("2026-03-30T10:00:00.000Z");
    expect(range("-P1D")?.[0]).toBe("2026-03-29T10:00:00.000Z");
    expect(range("-P2D")?.[0]).toBe("2026-03-28T11:00:00.000Z");
  });
  it.each(["yesterday", "2026-02-30", "2026-13-01", "1", "P", "2026-03-30T10:00:00", "-PT999999999999H"])(
    "%s is refused",
    (text) => expect(range(text)).toBeNull(),
  );
});

describe("a preview", () => {
  it("is one line of at most 200 characters, never half a character", () => {
    expect(previewOf(" a\n\n b\t c ")).toBe("a b c");
    expect(previewOf("𝕏".repeat(300))).toMatch(/^(𝕏)+…$/u);
    expect(previewOf("x".repeat(500))).toHaveLength(200);
  });
});

describe("closers", () => {
  it("close in reverse order, all of them, and report the first error", async () => {
    const closed: number[] = [];
    const closers = new Closers();
    closers.add(() => closed.push(1));
    closers.add(() => {
      closed.push(2);
      throw new Error("second");
    });
    closers.add(() => {
      closed.push(3);
      throw new Error("third");
    });
    await expect(closers.close()).rejects.toThrow("third");
    expect(closed).toEqual([3, 2, 1]);
  });
});

describe("turns", () => {
  it("let no more than their limits run at once, of all, of a group and of a key, and all in the end", async () => {
    const turns = new Turns({ atOnce: 5, perGroup: 3, perKey: 2, waitMs: 5_000 });
    const running = new Map<string, number>();
    const most = new Map<string, number>();
    const count = (name: string, by: number) => {
      running.set(name, (running.get(name) ?? 0) + by);
      most.set(name, Math.max(most.get(name) ?? 0, running.get(name) as number));
    };
    const done = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const [group, key] = [`group ${index % 3}`, `key ${index % 2}`];
        return turns
          .run({ group, key }, async () => {
            for (const name of ["all", group, `${group} ${key}`]) count(name, 1);
            await new Promise((resolve) => setImmediate(resolve));
            for (const name of ["all", group, `${group} ${key}`]) count(name, -1);
            if (index === 3) throw new Error("one fails");
          })
          .catch(() => "failed");
      }),
    );
    expect(done.filter((value) => value === "failed")).toHaveLength(1);
    expect(most.get("all")).toBe(5);
    for (const group of ["group 0", "group 1", "group 2"]) {
      expect(most.get(group)).toBeLessThanOrEqual(3);
      for (const key of ["key 0", "key 1"]) expect(most.get(`${group} ${key}`)).toBeLessThanOrEqual(2);
    }
    expect(turns.counts).toEqual({ running: 0, waiting: 0 });
  });

  it("go round the groups: one piece of work waits for no crowd of another group", async () => {
    const turns = new Turns({ atOnce: 2, perGroup: 1, waitMs: 5_000 });
    const order: string[] = [];
    const work = (name: string) => async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(name);
    };
    const crowd = Array.from({ length: 100 }, (_, index) => turns.run({ group: "crowd" }, work(`crowd ${index}`)));
    const others = ["a", "b", "c"].map((group) => turns.run({ group }, work(group)));
    await Promise.all([...crowd, ...others]);
    for (const name of ["a", "b", "c"]) expect(order.indexOf(name)).toBeLessThan(12);
  });

  it("refuse at once what comes to a full queue, and after its time what waited in vain", async () => {
    const pause = (ms: number) => () => new Promise<string>((resolve) => setTimeout(resolve, ms, "done"));
    const vain = new Turns({ atOnce: 2, perGroup: 1, waitMs: 20 });
    const held = vain.run({ group: "a" }, pause(80)); // Longer than the turn is waited for.
    await expect(vain.run({ group: "a" }, pause(0))).rejects.toThrow(NoTurn);
    await held;

    const full = new Turns({ atOnce: 2, perGroup: 1, waitMs: 5_000, mostWaiting: 1 });
    const order: string[] = [];
    let end = () => {};
    const running = () => new Promise<void>((resolve) => (end = resolve));
    const runs = full.run({ group: "a" }, running).then(() => order.push("ran"));
    const waits = full.run({ group: "a" }, pause(0)).then(() => order.push("waited"));
    await full.run({ group: "a" }, pause(0)).catch((error) => order.push(error instanceof NoTurn ? "refused" : error));
    expect(await full.run({ group: "b" }, pause(0))).toBe("done");
    end();
    await Promise.all([runs, waits]);
    expect(order).toEqual(["refused", "ran", "waited"]);
  });

  it("refuse whoever comes to a queue whose first has waited too long, but for what is patient", async () => {
    const late = new Turns({ atOnce: 1, perGroup: 1, waitMs: 5_000, lateMs: 0 });
    let end = () => {};
    const held = late.run({ group: "a" }, () => new Promise<void>((resolve) => (end = resolve)));
    const waits = late.run({ group: "a" }, async () => "waited");
    await new Promise((resolve) => setTimeout(resolve, 5)); // Later than lateMs.
    await expect(late.run({ group: "a" }, async () => "late")).rejects.toThrow(NoTurn);
    const patient = late.run({ group: "a", isPatient: true }, async () => "patient");
    end();
    await held;
    expect([await waits, await patient]).toEqual(["waited", "patient"]);
  });

  it("give the next place of a group to the key that has the fewest", async () => {
    const turns = new Turns({ atOnce: 2, perGroup: 2, waitMs: 5_000 });
    const order: string[] = [];
    const ends: (() => void)[] = [];
    const holding = () => new Promise<void>((resolve) => ends.push(resolve));
    const held = [1, 2].map(() => turns.run({ group: "a", key: "busy" }, holding));
    const waiting = [
      turns.run({ group: "a", key: "busy" }, async () => void order.push("busy")),
      turns.run({ group: "a", key: "other" }, async () => void order.push("other")),
    ];
    ends[0]?.();
    await waiting[1];
    ends[1]?.();
    await Promise.all([...held, ...waiting]);
    expect(order).toEqual(["other", "busy"]);
  });

  it("let heavy work keep its places for a while after it ended, when others are there", async () => {
    const turns = new Turns({ atOnce: 4, perGroup: 3, waitMs: 5_000, rest: 20 });
    await turns.run({ group: "other" }, async () => {});
    await turns.run({ group: "heavy", weight: 3 }, () => new Promise((resolve) => setTimeout(resolve, 5)));
    expect(turns.counts.running).toBe(3);
    // Light work of another finds a place meanwhile, and leaves none behind.
    await turns.run({ group: "other" }, async () => {});
    expect(turns.counts.running).toBe(3);
    await expect.poll(() => turns.counts.running).toBe(0);
  });
});

/** T60: what a spreadsheet would run as a formula. */
import { describe, expect, it } from "vitest";
import { csvCell } from "../../src/lib/csv.ts";

describe("T60: formulas in CSV cells", () => {
  const dangerous = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u00a0=1",
    "\ufeff=1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.test","y")',
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "=IMPORTXML(1)",
    '-2+3+cmd|" /C calc"!D2',
    "@x",
    "+cmd",
    "=\n1",
  ];
  const harmless = [
    "",
    "1",
    "text",
    "a=b",
    "a-b",
    "a+b",
    "x@y.test",
    "2026-11-24",
    "1.50",
    "a,b",
    'say "hi"',
    "two\nlines",
    "ümlaut",
    "日本",
    "'quoted",
    "(x)",
    "#1",
    "/x",
    "a\tb",
    "€5",
  ];

  it.each(dangerous)("%j never begins one", (value) => {
    const cell = csvCell(value).replace(/^"/, "");
    expect(cell.startsWith("'")).toBe(true);
  });

  it.each(harmless)("%j comes back as it was", (value) => {
    const cell = csvCell(value);
    const read = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
    expect(read).toBe(value);
  });
});

/**
 * Every pattern of ours takes time in proportion to what it meets, or meets what is short. Found by reading the patterns
 * out of the code and looking for backtracking in them; what a checker can't clear has the reason here.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { isSafe } from "redos-detector";
import { expect, it } from "vitest";

const source = path.resolve(import.meta.dirname, "../../src");

/** Patterns that may go back, and why that is nothing: what they meet is short, ours, or can't make them do it. */
const bounded: Record<string, string> = {
  "/=+$/": "the end of a hash of ours",
  "/\\btk[ari]?_[\\w-]{20,}/g": "goes on at the next word, and texts of the log are cut",
  "/((?:postgres(?:ql)?|rediss?):\\/\\/[^:@/\\s]*):[^@/\\s]+@/g": "the log's own texts, with addresses of settings",
  "/Connection terminated|is not currently accepting connections|timeout exceeded when trying to connect|Cannot use a pool after calling end|Client has encountered a connection error/":
    "alternatives of plain words",
  '/constraint "([^"]+)"/': "a message of PostgreSQL's",
  "/^[a-z]+:\\/\\/[^@]*$|^[a-z]+:\\/\\/[^/?]*@/i": "a setting of the operator's",
  "/[,.]? [Ff]ound: .*$/s": "at most 10,000 characters, and ends at the first match",
  "/\\.(\\w+)|\\[(\\d+)\\]/g": "a path in a message of at most 600 characters",
  "/change.?me|example|openssl rand|secret.?secret|0123456789/i": "a setting of the operator's",
  "/more than \\d+ tokens/": "graphql's own message",
  '/"""[\\s\\S]*?"""|"(?:\\\\.|[^"\\\\\\n])*"/g': "the first 4,000 characters of a document",
};

/** A literal: no comment, no division, and a class may hold a slash. */
const literal =
  /(?<![\w)\]"'`/*<.])\/(?![*/\s])(?:\[(?:\\.|[^\]\\\n])*\]|\\.|[^/\\\n[])+\/[dgimsuvy]*(?=[\s.,;)\]:?]|$)/gm;

/** All patterns that stand in the code as literals, with a file that has them. */
function patterns(): Map<string, string> {
  const names = readdirSync(source, { recursive: true, encoding: "utf8" });
  return new Map(
    names
      .filter((name) => name.endsWith(".ts") && !name.includes("_generated") && !name.includes(".test."))
      .flatMap((name) =>
        [...readFileSync(path.join(source, name), "utf8").matchAll(literal)].map(([text]) => [text, name] as const),
      ),
  );
}

it("no pattern goes back over what it meets, but for those that meet what is short", () => {
  const found = patterns();
  expect(found.size).toBeGreaterThan(90);
  const unsafe = [...found].flatMap(([text, name]) => {
    const end = text.lastIndexOf("/");
    const pattern = new RegExp(text.slice(1, end), text.slice(end + 1));
    return isSafe(pattern, { maxSteps: 20_000, maxScore: 200, timeout: Number.POSITIVE_INFINITY }).safe
      ? []
      : [[text, name] as const];
  });
  expect(unsafe.filter(([text]) => !(text in bounded)).map(([text, name]) => `${name}: ${text}`)).toEqual([]);
  // What is no more in the code needs no reason.
  expect(Object.keys(bounded).filter((text) => !found.has(text))).toEqual([]);
}, 60_000);

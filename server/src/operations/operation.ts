import type { ZodType } from "zod";
import { type Permission, permissionEnumValue } from "../access/permissions.ts";
import { can, requirePermission, requireViewer, type Viewer } from "../access/viewer.ts";
import type { Context } from "../context.ts";
import { toDomainError } from "../db/faults.ts";
import { DomainError, type ErrorCode } from "../wire/errors.ts";
import type { Ids } from "../writes/idempotency.ts";
import { type Write, write } from "../writes/write.ts";

/** Codes that any operation with a viewer can answer with; it must declare the others. */
export const commonErrors = [
  "UNAUTHENTICATED",
  "ORGANIZATION_REQUIRED",
  "VALIDATION",
  "CONFLICT",
  "IDEMPOTENCY_MISMATCH",
  "RATE_LIMITED",
  "UNAVAILABLE",
] as const satisfies ErrorCode[];

interface Definition<Input, I extends Ids, Once> {
  /** The permission (of a list: one of them) without which nothing happens; null where being signed in is enough. */
  permission: Permission | readonly Permission[] | null;
  /** What it can answer with beside the common codes; FORBIDDEN comes with a permission by itself. */
  errors: readonly ErrorCode[];
  /** Parses the input once; inside, trust the types. */
  input: ZodType<Input>;
  /** The effects, in one transaction. `once` is shown in this answer only and never stored. */
  run(write: Write, input: Input, context: Context): Promise<Outcome<I, Once>>;
}

interface Outcome<I extends Ids, Once> {
  ids: I;
  once?: Once;
}

export interface Result<I extends Ids, Once> {
  ids: I;
  /** Null in a replay. */
  once: Once | null;
  changeNumber: bigint;
  /** False when nothing had to change. */
  isChanged: boolean;
}

export interface Operation<Input = never, I extends Ids = Ids, Once = unknown> {
  permission: Permission | readonly Permission[] | null;
  errors: readonly ErrorCode[];
  /** What its arguments are; the schema's derive from it. */
  input: ZodType;
  /** `path` is the place in the response, for the idempotency key. */
  (context: Context, input: unknown, path?: string): Promise<Result<I, Once>>;
  /** Only for the types. */
  readonly inputType?: Input;
}

/** The only gate for doing: the right, and the codes it can answer with, stand at its head. */
export function operation<Input, I extends Ids, Once = never>(
  definition: Definition<Input, I, Once>,
): Operation<Input, I, Once> {
  const { permission, input, run } = definition;
  const errors = [...new Set([...definition.errors, ...(permission ? (["FORBIDDEN"] as const) : [])])];
  const call = async (context: Context, raw: unknown, path = ""): Promise<Result<I, Once>> => {
    try {
      const viewer = requireViewer(context);
      if (permission) requireOneOf(viewer, [permission].flat() as Permission[]);
      const parsed = parseInput(input, raw);
      let once: Once | null = null;
      const written = await write(
        {
          database: context.database,
          clock: context.clock,
          viewer,
          idempotency: context.idempotency && { ...context.idempotency, path },
          wake: context.wake,
          changed: context.changed,
        },
        async (transaction) => {
          const outcome = await run(transaction, parsed, context);
          once = outcome.once ?? null;
          return outcome.ids;
        },
      );
      if (written.isReplayed) context.isReplayed = true;
      return { ids: written.ids, once, changeNumber: written.changeNumber, isChanged: written.isChanged };
    } catch (error) {
      throw declared(error, errors, context);
    }
  };
  return Object.assign(call, { permission, errors, input });
}

/** @throws FORBIDDEN when the viewer holds none of the permissions, naming all of them */
function requireOneOf(viewer: Viewer, list: readonly Permission[]): void {
  if (list.some((permission) => can(viewer, permission))) return;
  const [first] = list as [Permission];
  if (list.length === 1) requirePermission(viewer, first);
  throw new DomainError(
    "FORBIDDEN",
    `This needs one of the permissions ${list.join(", ")}, and the role ${viewer.roleName} has none of them. Ask an admin of your organization.`,
    { details: { permissions: list.map(permissionEnumValue) } },
  );
}

/** @throws VALIDATION with one issue per broken rule */
export function parseInput<Input>(type: ZodType<Input>, raw: unknown): Input {
  const result = type.safeParse(raw, { error: plainText });
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    path: issue.path.map((part) => (typeof part === "symbol" ? String(part) : part)),
    message: issue.message,
    code: codeOf(issue as Parameters<typeof codeOf>[0]),
  }));
  const list = issues.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message));
  throw new DomainError(
    "VALIDATION",
    `The input breaks ${issues.length === 1 ? "a rule" : `${issues.length} rules`}: ${list.join("; ")}`,
    { issues },
  );
}

/** What a person can act on, in place of the parser's own words about types. */
function plainText(issue: { code: string; input?: unknown }): string | undefined {
  const { code, input, origin, maximum } = issue as typeof issue & { origin?: string; maximum?: number };
  if (code === "too_big" && origin === "array") return `must have at most ${maximum} items`;
  if (code !== "invalid_type" && code !== "invalid_value" && code !== "invalid_union") return undefined;
  if (input === null) return "can't be cleared; omit it to keep it unchanged";
  return input === undefined ? "must be given" : undefined;
}

function codeOf(issue: { code: string; params?: { code?: string } }): string {
  if (issue.params?.code) return issue.params.code;
  return issue.code === "custom" ? "INVALID" : issue.code.toUpperCase();
}

/** The error as it may leave an operation; in tests an undeclared code is a bug. */
export function declared(error: unknown, errors: readonly ErrorCode[], context: Context): unknown {
  const known = error instanceof DomainError ? error : toDomainError(error);
  if (!known) return error;
  if (context.isStrict && ![...commonErrors, ...errors].includes(known.code))
    return new Error(`The code ${known.code} is not declared by the operation that threw it.`, { cause: error });
  return known;
}

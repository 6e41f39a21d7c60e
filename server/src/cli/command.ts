import type { ParseArgsOptionsConfig } from "node:util";

/** One command of the CLI. */
export interface Command {
  /** Shown by `--help` below the usage line. */
  help: string;
  usage: string;
  options: ParseArgsOptionsConfig;
  run(values: Record<string, string | boolean | undefined>): Promise<number>;
}

import { runCli } from "./cli/index.ts";
import { OperatorError } from "./wire/errors.ts";

/** Runs one command; exit codes: 0 done, 1 a fault the operator can mend, 2 wrong usage, 70 a bug. */
export async function main(args: string[]): Promise<void> {
  try {
    process.exitCode = await runCli(args);
  } catch (error) {
    if (error instanceof OperatorError) {
      console.error(`\n${error.message}\n`);
      process.exitCode = 1;
      return;
    }
    console.error(error);
    process.exitCode = 70;
  }
}

import type { ParseArgsOptionsConfig } from "node:util";
import { parseArgs } from "node:util";
import { apiKeyCreateCommand } from "./api-key-create.ts";
import { demoCommand } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { migrateCommand } from "./migrate.ts";
import { ownerCreateCommand } from "./owner-create.ts";
import { serveCommand } from "./serve.ts";
import { version } from "./version.ts";
import { workerCommand } from "./worker.ts";

export interface Command {
  summary: string;
  /** Shown by `--help` below the usage line. */
  help: string;
  usage: string;
  options: ParseArgsOptionsConfig;
  run(values: Record<string, string | boolean | undefined>): Promise<number>;
}

const commands: Record<string, Command> = {
  serve: serveCommand,
  worker: workerCommand,
  migrate: migrateCommand,
  demo: demoCommand,
  doctor: doctorCommand,
  "owner create": ownerCreateCommand,
  "api-key create": apiKeyCreateCommand,
};

/** Returns the exit code. */
export async function runCli(args: string[]): Promise<number> {
  if (args.includes("--version")) {
    console.log(version);
    return 0;
  }
  const words = args.filter((arg) => !arg.startsWith("-"));
  const name = Object.keys(commands).find((command) =>
    command.split(" ").every((word, index) => words[index] === word),
  );
  if (!name) {
    const isHelp = args.length === 0 || args.includes("--help") || args.includes("-h");
    (isHelp ? console.log : console.error)(
      isHelp ? overview() : `There is no command "${words.join(" ")}".\n\n${overview()}`,
    );
    return isHelp ? 0 : 2;
  }
  const command = commands[name] as Command;
  if (args.includes("--help") || args.includes("-h")) {
    console.log(`${command.usage}\n\n${command.help}`);
    return 0;
  }
  const rest = args.slice(args.indexOf(name.split(" ").at(-1) as string) + 1);
  try {
    const { values } = parseArgs({ args: rest, options: command.options, allowPositionals: false });
    return await command.run(values as Record<string, string | boolean | undefined>);
  } catch (error) {
    if (!String((error as { code?: string }).code).startsWith("ERR_PARSE_ARGS")) throw error;
    console.error(`${(error as Error).message}\n\n${command.usage}\n\nMore: tiketti ${name} --help`);
    return 2;
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Tiketti ${version}: a helpdesk as a GraphQL API.

Usage: npm run tiketti -- <command> [options]

${lines.join("\n")}

Each command has --help. Settings come from environment variables; README.md lists them.`;
}

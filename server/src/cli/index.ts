import { parseArgs } from "node:util";
import type { Command } from "./command.ts";
import { version } from "./version.ts";

/** Loaded on demand: most of a start's time goes into reading modules that `--help` doesn't need. */
const commands: Record<string, { summary: string; load(): Promise<Command> }> = {
  serve: { summary: "start the server", load: async () => (await import("./serve.ts")).serveCommand },
  worker: {
    summary: "run the jobs in a process of their own",
    load: async () => (await import("./worker.ts")).workerCommand,
  },
  migrate: {
    summary: "bring the database's roles and tables up to date",
    load: async () => (await import("./migrate.ts")).migrateCommand,
  },
  demo: { summary: "write the demo into an empty database", load: async () => (await import("./demo.ts")).demoCommand },
  doctor: {
    summary: "check settings, database and the separation of organizations, and report faults",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  "secret rotate": {
    summary: "give the database the passwords of a new TIKETTI_SECRET",
    load: async () => (await import("./secret-rotate.ts")).secretRotateCommand,
  },
  "roles create": {
    summary: "create the server's database roles before you restore a dump",
    load: async () => (await import("./roles-create.ts")).rolesCreateCommand,
  },
  "owner create": {
    summary: "create an organization with its first admin",
    load: async () => (await import("./owner-create.ts")).ownerCreateCommand,
  },
  "organization list": {
    summary: "list the organizations with their plans",
    load: async () => (await import("./organization-list.ts")).organizationListCommand,
  },
  "organization plan": {
    summary: "give an organization the limits of a plan",
    load: async () => (await import("./organization-plan.ts")).organizationPlanCommand,
  },
  "api-key create": {
    summary: "create an API key for an organization",
    load: async () => (await import("./api-key-create.ts")).apiKeyCreateCommand,
  },
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
  const command = await (commands[name] as (typeof commands)[string]).load();
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

Each command has --help. Settings come from environment variables; docs/configuration.md lists them.`;
}

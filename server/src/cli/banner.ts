import path from "node:path";
import type { Config } from "../config.ts";
import type { DemoLogins } from "./demo.ts";
import { version } from "./version.ts";

/** Shown in GraphiQL. */
export const exampleQuery = `# Press Ctrl-Enter to run this.
# The API key is in the Headers tab below.
# The Docs on the left list everything else.
query OpenTickets {
  tickets(
    filter: { status: { in: [OPEN, PENDING] } }
    orderBy: { field: PRIORITY, direction: DESC }
    first: 3
  ) {
    totalCount
    nodes {
      code
      subject
      status
      priority
      contact { name }
      assignee { name }
      lastMessage { preview }
    }
  }
}
`;

/** The few lines that a start prints. */
export function banner(config: Config, url: string, demo: DemoLogins | null, hasOrganizations: boolean): string {
  const mode =
    config.mode === "embedded" ? `embedded PostgreSQL in ${show(config.dataFolder)}` : "PostgreSQL of DATABASE_URL";
  const lines = [
    `Tiketti ${version} · ${mode}${config.isProduction ? " · production" : ""}`,
    "",
    `  GraphQL   ${url}/graphql`,
  ];
  if (config.operationsFiles.length > 0)
    lines.push(`            listed operations only (${config.operationsFiles.join(", ")}); GraphiQL is off`);
  else if (!config.isProduction) lines.push(`  GraphiQL  the same address in a browser, with an example query`);
  if (demo) {
    lines.push("", `  Demo logins, all with the password ${demo.password}`);
    for (const { email, roles } of demo.logins) lines.push(`    ${email.padEnd(26)} ${roles}`);
    lines.push(`  Demo API key (${demo.apiKeyNote})`, `    ${demo.apiKey}`);
  }
  if (demo && config.operationsFiles.length === 0) {
    lines.push(
      "",
      "  Try next:",
      `    curl -s ${url}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${demo.apiKey}' \\`,
      `      -d '{"query":"{ tickets(first: 3) { totalCount nodes { code subject status } } }"}'`,
    );
  }
  if (!hasOrganizations) {
    lines.push(
      "",
      "  There is no organization yet. Create the first one with its owner:",
      '    npm run tiketti -- owner create --email you@example.com --organization "Your company" --prefix YOU',
    );
  }
  return `\n${lines.join("\n")}\n`;
}

function show(folder: string): string {
  return path.relative(process.cwd(), path.resolve(folder)) || folder;
}

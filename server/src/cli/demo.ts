import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { people, stories } from "../../../prisma/demo.story.ts";
import { type DemoLogins, writeDemo } from "../../../prisma/demo.ts";
import { type Config, readConfig } from "../config.ts";
import { connectClient } from "../db/connection.ts";
import { openStorage, type Storage, servedBy } from "../db/storage.ts";
import { openServices } from "../services.ts";
import { OperatorError } from "../wire/errors.ts";
import type { Command } from "./command.ts";
import { createLog } from "./log.ts";

export type { DemoLogins };

/** In the data folder: the demo's logins and key, shown at each start. */
const demoFile = "demo.json";

export const demoCommand: Command = {
  usage: "Usage: npm run tiketti -- demo",
  help: `Writes two organizations with members, contacts and tickets, and prints the logins and the API key.
Refuses a database that already has an organization. npm start writes the demo into an empty embedded database.`,
  options: {},
  async run() {
    const config = readConfig();
    const storage = await openStorage(config, {
      isExclusive: false,
      upkeep: "check",
      progress: (line) => console.error(line),
    });
    try {
      const before = await readDemoLogins(config);
      const demo = await writeDemoIfEmpty(config, storage, (line) => console.error(line));
      if (!demo) throw new OperatorError("The database already has an organization, so the demo was not written.");
      if (before) console.error("the demo already existed");
      for (const { email, roles } of demo.logins) console.log(`${email}  ${roles}`);
      console.log(`password  ${demo.password}\nAPI key   ${demo.apiKey} (${demo.apiKeyNote})`);
      return 0;
    } finally {
      await storage.close();
    }
  },
};

/** The logins of the demo, written now or earlier; null when the database is in real use. */
export async function writeDemoIfEmpty(
  config: Config,
  storage: Storage,
  progress: (line: string) => void,
): Promise<DemoLogins | null> {
  const services = openServices(servedBy(storage), createLog({ logLevel: "error" }));
  const isWriting = path.resolve(config.dataFolder, "demo.writing");
  try {
    await mkdir(path.resolve(config.dataFolder), { recursive: true, mode: 0o700 });
    // A start was killed while it wrote the demo: nobody needs what it left. Only the embedded
    // database is next to the file, so only in embedded mode is the file about this database.
    const isInterrupted =
      config.mode === "embedded" &&
      (await readFile(isWriting).then(
        () => true,
        () => false,
      ));
    if (isInterrupted && (await removeHalfDemo(storage)))
      progress("writing the demo again: the last attempt was interrupted");
    else if (await services.database.preTenant.hasOrganizations()) {
      await rm(isWriting, { force: true });
      return await readDemoLogins(config);
    }
    await writeFile(isWriting, "The demo is being written; a start that finds this file writes it again.\n", {
      mode: 0o600,
    });
    const demo = await writeDemo(services, progress);
    await writeFile(isWriting, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
    await rename(isWriting, path.resolve(config.dataFolder, demoFile));
    return demo;
  } finally {
    await services.database.close();
  }
}

/** False, with nothing removed, when a login or prefix isn't the demo's: real work has begun. */
async function removeHalfDemo(storage: Storage): Promise<boolean> {
  const client = await connectClient({ url: storage.ownerUrl }, { name: "tiketti demo" });
  try {
    const { rows } = await client.query(
      `select exists (select from users where email_key <> all ($1)) or exists (select from ticket_prefixes where prefix <> all ($2)) as is_used`,
      [
        Object.values(people),
        stories.flatMap(({ prefix, companies }) => [prefix, ...companies.flatMap((one) => one.ticketPrefix ?? [])]),
      ],
    );
    if (rows[0].is_used) return false;
    await client.query("truncate organizations, users cascade");
    return true;
  } finally {
    await client.end();
  }
}

/** The logins of the demo that was written into this data folder; null without a demo. */
export async function readDemoLogins(config: Config): Promise<DemoLogins | null> {
  const text = await readFile(path.resolve(config.dataFolder, demoFile), "utf8").catch(() => null);
  return text ? (JSON.parse(text) as DemoLogins) : null;
}

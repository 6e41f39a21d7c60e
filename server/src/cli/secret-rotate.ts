import { readConfig } from "../config.ts";
import { rotateSecret } from "../db/storage.ts";
import { idempotencyKeyHours } from "../lib/retention.ts";
import type { Command } from "./command.ts";

export const secretRotateCommand: Command = {
  usage: "Usage: npm run tiketti -- secret rotate",
  help: `Gives the database's roles the passwords of the new TIKETTI_SECRET. To change the secret without an outage:

  1. On every process, set TIKETTI_SECRET to the new secret and TIKETTI_SECRET_PREVIOUS to the old one, and restart
     the processes one after the other. They sign in with either secret.
  2. Run this command with the same two settings. A process that knows only the old secret loses the database
     as its connections close, so complete step 1 first.
  3. After ${idempotencyKeyHours} hours (Idempotency-Keys are kept that long), remove TIKETTI_SECRET_PREVIOUS.

This is the only command that changes a role's password. Running it again changes nothing.`,
  options: {},
  async run() {
    const hasChanged = await rotateSecret(readConfig(), (line) => console.error(line));
    console.error(
      hasChanged
        ? `the database now belongs to the new secret; a process without it loses the database as its connections close. Keep TIKETTI_SECRET_PREVIOUS for ${idempotencyKeyHours} more hours`
        : "the database already belongs to TIKETTI_SECRET; nothing was changed",
    );
    return 0;
  },
};

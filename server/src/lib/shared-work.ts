/** Work that belongs to nobody: timers, loops and reads that several callers share. */
import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Runs `start` outside of whichever request happens to be first: what it begins has no caller's deadline, identity,
 * organization or trace, and goes on when that caller leaves.
 */
export const startShared: <T>(start: () => T) => T = AsyncLocalStorage.snapshot();

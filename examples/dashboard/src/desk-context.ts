/** What every part of the desk has at hand. */
import type { Permission, Tiketti } from "@tiketti/sdk";
import { createContext, useContext } from "react";
import type { Keyboard } from "./keys/keyboard.ts";
import type { Changes } from "./notices/changes.ts";
import type { Notices } from "./notices/notices.ts";

export interface Viewer {
  id: string;
  name: string;
  roleName: string;
  permissions: readonly { permission: Permission; reach: string | null }[];
}

export interface Member {
  id: string;
  name: string;
}

export interface Label {
  id: string;
  name: string;
  color: string;
}

export interface DeskContext {
  tiketti: Tiketti;
  notices: Notices;
  changes: Changes;
  keyboard: Keyboard;
  /** Null until it is known. */
  viewer: Viewer | null;
  members: readonly Member[];
  labels: readonly Label[];
  /** Whose drafts are kept, and where: the same login may work in several organizations. */
  owner: { email: string; organizationId: string };
  /** Whether the live connection holds. */
  isConnected: boolean;
}

const context = createContext<DeskContext | null>(null);

export const DeskProvider = context.Provider;

export function useDesk(): DeskContext {
  const desk = useContext(context);
  if (!desk) throw new Error("useDesk is called outside of a desk.");
  return desk;
}

export const holds = (viewer: Viewer | null, permission: Permission) =>
  viewer?.permissions.some((grant) => grant.permission === permission) ?? false;

import type { IdType } from "../wire/ids.ts";

/** The key of a row; its selected fields are loaded for all rows of a list in one statement. */
export interface RowKey {
  /** Set where a field can return rows of several types. */
  type?: IdType;
  /** Left out by an organization, which is its own tenant. */
  organizationId?: string;
  id: string;
}

/** A row found by a node field, with its type. */
export interface TypedRow extends RowKey {
  type: IdType;
}

/** The author of an action; `id` is "system" for the system. */
export interface ActorRow {
  type: "Member" | "Contact" | "ApiKey" | "System";
  organizationId: string;
  id: string;
}

import type { IdType } from "../wire/ids.ts";

/** The key of a row: what is selected of it is loaded for all rows of a list in one statement. */
export interface RowKey {
  /** Known where a field may answer with rows of several types. */
  type?: IdType;
  /** Left out by an organization, which is its own tenant. */
  organizationId?: string;
  id: string;
}

/** A row that a node field found; the type tells which. */
export interface TypedRow extends RowKey {
  type: IdType;
}

/** Who did something; `id` is "system" for the system. */
export interface ActorRow {
  type: "Member" | "Contact" | "ApiKey" | "System";
  organizationId: string;
  id: string;
}

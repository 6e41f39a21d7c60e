import type { InvitationModel as Invitation } from "../db/index.ts";

export function imageOf(invitation: Invitation): Record<string, unknown> {
  const { organizationId: _organization, emailKey: _key, ...columns } = invitation;
  return columns;
}

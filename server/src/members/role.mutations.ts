import { affected, gone, mutationField } from "../schema/mutation.ts";
import { roleCreate, roleDelete, roleUpdate } from "./role.service.ts";

const role = affected("Role", "roleId", "The role; null in a repeated answer if it was deleted since.");

mutationField("roleCreate", roleCreate, "Creates a custom role.", {
  role,
});

mutationField(
  "roleUpdate",
  roleUpdate,
  "Changes a custom role. The changes apply to its members and API keys from their next request on.",
  {
    role,
  },
);

mutationField(
  "roleDelete",
  roleDelete,
  "Deletes a custom role. Its members, API keys and waiting invitations get another role.",
  {
    deletedRoleId: gone("Role", "roleId", "The id of the deleted role."),
  },
);

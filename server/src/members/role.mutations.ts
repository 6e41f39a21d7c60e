import { affected, gone, mutationField } from "../schema/mutation.ts";
import { roleCreate, roleDelete, roleUpdate } from "./role.service.ts";

const role = affected("Role", "roleId", "The role; null in a repeated answer when it is gone since.");

mutationField("roleCreate", roleCreate, "Makes a custom role.", {
  role,
});

mutationField(
  "roleUpdate",
  roleUpdate,
  "Changes a custom role; it holds for its members and API keys from their next request on.",
  {
    role,
  },
);

mutationField("roleDelete", roleDelete, "Deletes a custom role and gives those who have it another one.", {
  deletedRoleId: gone("Role", "roleId", "The id of the role that is gone."),
});

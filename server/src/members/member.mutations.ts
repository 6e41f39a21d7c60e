import { affected, mutationField } from "../schema/mutation.ts";
import { memberAdd, memberRemove, memberUpdate, viewerUpdate } from "./member.service.ts";

const member = affected("Member", "memberId", "The member in its current state.", { isAlwaysSeen: true });

mutationField(
  "memberAdd",
  memberAdd,
  "Adds a member with a new login, without an invitation. If the address already has a login, use memberInvite.",
  {
    member,
  },
);

mutationField(
  "memberUpdate",
  memberUpdate,
  "Changes a member's name, role, rate or access. Only users themselves can change their e-mail address and password.",
  {
    member,
  },
);

mutationField(
  "memberRemove",
  memberRemove,
  "Ends a membership. The member loses access from the next request on; their history keeps their name. If invited again, they return as the same member.",
  {
    member,
  },
);

mutationField("viewerUpdate", viewerUpdate, "Changes the signed-in member's own profile.", {
  member,
});

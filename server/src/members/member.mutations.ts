import { affected, mutationField } from "../schema/mutation.ts";
import { memberAdd, memberRemove, memberUpdate, viewerUpdate } from "./member.service.ts";

const _reassignTicketsTo =
  "Who gets its OPEN and PENDING tickets: an active member; null or left out: nobody. Tickets that are reopened later go there too.";

const member = affected("Member", "memberId", "The member as it is now.", { isAlwaysSeen: true });

mutationField(
  "memberAdd",
  memberAdd,
  "Adds a member with a login of its own at once. To let in somebody with a login, use memberInvite.",
  {
    member,
  },
);

mutationField(
  "memberUpdate",
  memberUpdate,
  "Changes a member's name, role, rate or state. E-mail address and password are the user's own.",
  {
    member,
  },
);

mutationField(
  "memberRemove",
  memberRemove,
  "Ends a membership: no access from the next request on; what the member wrote keeps its name. Invited again, it comes back as the same member.",
  {
    member,
  },
);

mutationField("viewerUpdate", viewerUpdate, "Changes the signed-in member's own profile.", {
  member,
});

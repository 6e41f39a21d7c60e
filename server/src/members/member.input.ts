/** The inputs of a member's operations. */
import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion, newPassword } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { memberRef, roleRef } from "../inputs/references.ts";
import { memberEntity } from "./member.entity.ts";

const access = { permission: "team.manage" } as const;

export const memberAddInput = inputObject(
  "MemberAddInput",
  "A new member with a new login. An address that has a login already is invited instead.",
  {
    ...fieldsIn(memberEntity, "create"),
    password: newPassword.describe("The first password, 10 to 1,024 characters; tell it in person."),
    role: roleRef.describe("What it may do; not more than you may."),
  },
);

const reassignTicketsTo =
  "Who gets its OPEN and PENDING tickets: an active member; null or left out: nobody. Tickets that are reopened later go there too.";

export const memberUpdateInput = inputObject(
  "MemberUpdateInput",
  "What to change of a member: an absent field stays, null clears.",
  {
    ...fieldsIn(memberEntity, "update"),
    role: roleRef
      .optional()
      .meta({ description: "What it may do; not more than you may. The last active admin stays one.", access }),
    reassignTicketsTo: memberRef.nullish().meta({ description: `With isActive: false. ${reassignTicketsTo}`, access }),
    expectedVersion,
  },
);

export const memberRemoveInput = inputObject("MemberRemoveInput", "What becomes of a leaver's tickets.", {
  reassignTicketsTo: memberRef.nullish().describe(reassignTicketsTo),
});

export const viewerUpdateInput = inputObject(
  "ViewerUpdateInput",
  "What to change of one's own profile in this organization.",
  fieldsIn(memberEntity, "profile"),
);

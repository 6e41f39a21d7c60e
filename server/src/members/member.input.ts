/** The inputs of a member's operations. */
import { fieldsIn } from "../entities/inputs.ts";
import { expectedVersion, newPassword } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { memberRef, roleRef } from "../inputs/references.ts";
import { memberEntity } from "./member.entity.ts";

const access = { permission: "team.manage" } as const;

export const memberAddInput = inputObject(
  "MemberAddInput",
  "A new member with a new login. To add an address that already has a login, invite it instead.",
  {
    ...fieldsIn(memberEntity, "create"),
    password: newPassword.describe("The initial password, 10 to 1,024 characters; share it in person."),
    role: roleRef.describe("The member's role; it must grant nothing that you don't hold."),
  },
);

const reassignTicketsTo =
  "The active member who gets the OPEN and PENDING tickets, and those reopened later. Default, also for null: the tickets become unassigned.";

export const memberUpdateInput = inputObject(
  "MemberUpdateInput",
  "Changes to a member. Omitted fields stay; null clears.",
  {
    ...fieldsIn(memberEntity, "update"),
    role: roleRef.optional().meta({
      description:
        "The member's role; it must grant nothing that you don't hold. The last active admin's can't be changed.",
      access,
    }),
    reassignTicketsTo: memberRef.nullish().meta({ description: `With isActive: false. ${reassignTicketsTo}`, access }),
    expectedVersion,
  },
);

export const memberRemoveInput = inputObject(
  "MemberRemoveInput",
  "The input of `memberRemove`: who gets the removed member's tickets.",
  {
    reassignTicketsTo: memberRef.nullish().describe(reassignTicketsTo),
  },
);

export const viewerUpdateInput = inputObject(
  "ViewerUpdateInput",
  "Changes to your own profile in this organization.",
  fieldsIn(memberEntity, "profile"),
);

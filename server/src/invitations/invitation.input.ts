/** The inputs of an invitation's operations. */
import { z } from "zod";
import { fieldsIn } from "../entities/inputs.ts";
import { line, newPassword } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { roleRef } from "../inputs/references.ts";
import { invitationEntity } from "./invitation.entity.ts";

export const memberInviteInput = inputObject("MemberInviteInput", "The person to invite.", {
  ...fieldsIn(invitationEntity, "create"),
  role: roleRef.describe("The role that the member will have; it must grant nothing that you don't hold."),
});

export const invitationAcceptInput = inputObject("InvitationAcceptInput", "The acceptance of an invitation.", {
  token: z.string().describe("The token from the link."),
  name: line(200)
    .nullish()
    .describe("The member's name. Required for a new login. Default: the signed-in user's name."),
  password: newPassword
    .nullish()
    .describe("The password of a new login, 10 to 1,024 characters; leave it out if signed in."),
});

/** The inputs of an invitation's operations. */
import { z } from "zod";
import { fieldsIn } from "../entities/inputs.ts";
import { line, newPassword } from "../inputs/fields.ts";
import { inputObject } from "../inputs/input.ts";
import { roleRef } from "../inputs/references.ts";
import { invitationEntity } from "./invitation.entity.ts";

export const memberInviteInput = inputObject("MemberInviteInput", "Who may become a member.", {
  ...fieldsIn(invitationEntity, "create"),
  role: roleRef.describe("What the member will be allowed to do; not more than you may."),
});

export const invitationAcceptInput = inputObject("InvitationAcceptInput", "How an invitation is accepted.", {
  token: z.string().describe("The token of the link."),
  name: line(200).nullish().describe("The member's name. Required for a new login; a signed-in user's own by default."),
  password: newPassword
    .nullish()
    .describe("The password of a new login, 10 to 1,024 characters; left out when signed in."),
});

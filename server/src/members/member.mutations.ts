import { requireViewer } from "../access/viewer.ts";
import { visibleMembers } from "../access/visibility.ts";
import type { Context } from "../context.ts";
import { builder } from "../schema/builder.ts";
import { mutationField } from "../schema/mutation.ts";
import { MemberRefInput, RoleRefInput } from "../schema/reference-inputs.ts";
import { memberAdd, memberRemove, memberUpdate, viewerUpdate } from "./member.service.ts";
import { Member } from "./member.type.ts";

const MemberAddInput = builder.inputType("MemberAddInput", {
  description: "A new member with a new login. An address that has a login already is invited instead.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The name, at most 200 characters." }),
    email: t.field({ type: "EmailAddress", required: true, description: "The address to sign in with." }),
    password: t.string({
      required: true,
      description: "The first password, 10 to 1,024 characters; tell it in person.",
    }),
    role: t.field({ type: RoleRefInput, required: true, description: "What it may do; not more than you may." }),
    hourlyRate: t.field({
      type: "Decimal",
      access: { permission: "time.manage" },
      description: "What an hour of its work costs, in the default currency.",
    }),
  }),
});

const reassignTicketsTo =
  "Who gets its OPEN and PENDING tickets: an active member; null or left out: nobody. Tickets that are reopened later go there too.";

const MemberUpdateInput = builder.inputType("MemberUpdateInput", {
  description: "What to change of a member: an absent field stays, null clears.",
  fields: (t) => ({
    name: t.string({ access: { permission: "team.manage" }, description: "The name; can't be cleared." }),
    role: t.field({
      type: RoleRefInput,
      access: { permission: "team.manage" },
      description: "What it may do; not more than you may. The last active admin stays one.",
    }),
    hourlyRate: t.field({
      type: "Decimal",
      access: { permission: "time.manage" },
      description: "What an hour of its work costs, in the default currency; null: none.",
    }),
    isActive: t.boolean({
      access: { permission: "team.manage" },
      description: "false: no access from the next request on, its history stays. true: back with its role.",
    }),
    reassignTicketsTo: t.field({
      type: MemberRefInput,
      access: { permission: "team.manage" },
      description: `With isActive: false. ${reassignTicketsTo}`,
    }),
    expectedVersion: t.int({ description: "The version read before; another one there now is CONFLICT." }),
  }),
});

const MemberRemoveInput = builder.inputType("MemberRemoveInput", {
  description: "What becomes of a leaver's tickets.",
  fields: (t) => ({ reassignTicketsTo: t.field({ type: MemberRefInput, description: reassignTicketsTo }) }),
});

const ViewerUpdateInput = builder.inputType("ViewerUpdateInput", {
  description: "What to change of one's own profile in this organization.",
  fields: (t) => ({ name: t.string({ description: "The name that colleagues see; can't be cleared." }) }),
});

const member = {
  type: Member,
  description: "The member as it is now.",
  resolve: (query: object, { ids }: { ids: { memberId: string } }, _args: object, context: Context) =>
    context.db.member.findFirstOrThrow({
      ...query,
      where: { AND: [visibleMembers(requireViewer(context)), { id: ids.memberId }] },
    }),
} as const;

mutationField("memberAdd", {
  operation: memberAdd,
  description: "Adds a member with a login of its own at once. To let in somebody with a login, use memberInvite.",
  args: (arg) => ({ input: arg({ type: MemberAddInput, required: true, description: "The member." }) }),
  payload: (t) => ({ member: t.prismaField(member as never) }),
});

mutationField("memberUpdate", {
  operation: memberUpdate,
  description: "Changes a member's name, role, rate or state. E-mail address and password are the user's own.",
  args: (arg) => ({
    member: arg({ type: MemberRefInput, required: true, description: "Which one." }),
    input: arg({ type: MemberUpdateInput, required: true, description: "What to change." }),
  }),
  payload: (t) => ({ member: t.prismaField(member as never) }),
});

mutationField("memberRemove", {
  operation: memberRemove,
  description:
    "Ends a membership: no access from the next request on; what the member wrote keeps its name. Invited again, it comes back as the same member.",
  args: (arg) => ({
    member: arg({ type: MemberRefInput, required: true, description: "Who leaves." }),
    input: arg({ type: MemberRemoveInput, description: "What becomes of its tickets." }),
  }),
  payload: (t) => ({ member: t.prismaField(member as never) }),
});

mutationField("viewerUpdate", {
  operation: viewerUpdate,
  description: "Changes the signed-in member's own profile.",
  args: (arg) => ({ input: arg({ type: ViewerUpdateInput, required: true, description: "What to change." }) }),
  payload: (t) => ({ member: t.prismaField(member as never) }),
});

import { moneyPermissions } from "../access/permissions.ts";
import { entity } from "../entities/entity.ts";
import { boolean, decimal, emailAddress, instant, integer, name, reference } from "../entities/kinds.ts";

const managed = { permission: "team.manage" } as const;
const priced = { permission: "time.manage" } as const;

export const memberEntity = entity("Member", {
  description: "A user inside one organization: a colleague.",
  isActor: true,
  fields: {
    name: name({
      description: "The member's name in this organization.",
      inputs: {
        create: "The name, at most 200 characters.",
        update: { description: "The name; can't be cleared.", access: managed },
        profile: "The name that colleagues see; can't be cleared.",
      },
      filter: "By name, ignoring case; contains and startsWith also ignore accents.",
      order: ["NAME", "The name, ignoring case."],
    }),
    email: emailAddress({
      description: "The user's e-mail address.",
      inputs: { create: "The e-mail address to sign in with." },
      filter: "By e-mail address, ignoring case.",
    }),
    role: reference("Role", { filter: "By role." }),
    isActive: boolean({
      description: "Whether the member has access; also false for members who left.",
      inputs: {
        update: {
          description:
            "Whether the member has access. false ends access from the next request on and keeps the history; true restores access with the same role.",
          access: managed,
        },
      },
      filter: "By whether the member has access.",
    }),
    leftAt: instant({
      column: "removedAt",
      isNullable: true,
      description:
        "When the membership ended; null while it lasts. If invited again, the user returns as the same member.",
      filter: "By the end of the membership; isNull: true matches current members.",
    }),
    hourlyRate: decimal({
      read: moneyPermissions,
      isNullable: true,
      inputs: {
        create: { description: "The hourly rate, in the organization's default currency.", access: priced },
        update: {
          description: "The hourly rate, in the organization's default currency; null for none.",
          access: priced,
        },
      },
    }),
    successor: reference("Member", { isNullable: true }),
    createdAt: instant({
      description: "When the member joined.",
      filter: "By the time of joining.",
      order: ["CREATED_AT", "When the member joined."],
    }),
    updatedAt: instant({ description: "When it was last changed." }),
    version: integer({ description: "The version; it increases with every change." }),
  },
  inner: { userId: "The login, which can belong to other organizations too." },
  filters: {
    isMe: {
      kind: "isMe",
      column: "id",
      description: "Whether it is the viewer (true) or another member (false). An API key is not a member.",
    },
  },
  defaultOrder: ["NAME", "ASC"],
});

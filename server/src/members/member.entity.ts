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
      description: "The name in this organization.",
      inputs: {
        create: "The name, at most 200 characters.",
        update: { description: "The name; can't be cleared.", access: managed },
        profile: "The name that colleagues see; can't be cleared.",
      },
      filter: "By name, without case; contains and startsWith ignore accents too.",
      order: ["NAME", "The name, without case."],
    }),
    email: emailAddress({
      description: "The user's e-mail address.",
      inputs: { create: "The address to sign in with." },
      filter: "By e-mail address, without case.",
    }),
    role: reference("Role", { filter: "By role." }),
    isActive: boolean({
      description: "Whether it may sign in here; false also for those who left.",
      inputs: {
        update: {
          description: "false: no access from the next request on, its history stays. true: back with its role.",
          access: managed,
        },
      },
      filter: "By whether it may sign in.",
    }),
    leftAt: instant({
      column: "removedAt",
      isNullable: true,
      description: "When its membership ended; null while it hasn't. Invited again, it comes back as the same member.",
      filter: "By when its membership ended; isNull: true is who still belongs here.",
    }),
    hourlyRate: decimal({
      read: moneyPermissions,
      isNullable: true,
      inputs: {
        create: { description: "What an hour of its work costs, in the default currency.", access: priced },
        update: { description: "What an hour of its work costs, in the default currency; null: none.", access: priced },
      },
    }),
    successor: reference("Member", { isNullable: true }),
    createdAt: instant({
      description: "When it joined.",
      filter: "By when it joined.",
      order: ["CREATED_AT", "When it joined."],
    }),
    updatedAt: instant({ description: "When it changed last." }),
    version: integer({ description: "Counts its changes." }),
  },
  inner: { userId: "The login, which may belong to other organizations too." },
  filters: {
    isMe: {
      kind: "isMe",
      column: "id",
      description: "The viewer itself (true) or everybody else (false); an API key is no member.",
    },
  },
  defaultOrder: ["NAME", "ASC"],
});

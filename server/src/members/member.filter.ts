import { byAddress, byName, type FilterSpec } from "../filters/filter.ts";

export const memberFilter: FilterSpec = {
  name: "MemberFilter",
  description: "Which members: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Member", column: "id", description: "By id." },
    isMe: {
      kind: "isMe",
      column: "id",
      description: "The viewer itself (true) or everybody else (false); an API key is no member.",
    },
    email: { ...byAddress, description: "By e-mail address, without case." },
    name: { ...byName, description: "By name, without case; contains and startsWith ignore accents too." },
    role: {
      kind: "one",
      relation: "role",
      column: "roleId",
      isNullable: false,
      filter: () => roleFilter,
      description: "By role.",
    },
    isActive: { kind: "boolean", column: "isActive", description: "By whether it may sign in." },
    leftAt: {
      kind: "instant",
      column: "removedAt",
      isNullable: true,
      description: "By when its membership ended; isNull: true is who still belongs here.",
    },
    createdAt: { kind: "instant", column: "createdAt", description: "By when it joined." },
  },
};

const roleFilter: FilterSpec = {
  name: "RoleFilter",
  description: "Which roles: all given conditions hold together.",
  fields: {
    id: { kind: "id", type: "Role", column: "id", description: "By id." },
    name: { ...byName, description: "By name, without case; contains and startsWith ignore accents too." },
  },
};

import type {
  CompanyRef,
  ContactRef,
  LabelRef,
  MemberRef,
  MessageRef,
  RoleRef,
  TicketRef,
} from "../inputs/references.ts";
import { builder } from "./builder.ts";

/** References as @oneOf inputs: the id, or what a person or partner knows instead. */
function referenceInput<Ref extends object>(
  name: string,
  what: string,
  fields: Record<keyof Ref & string, [type: "ID" | "String" | "EmailAddress" | "Boolean", description: string]>,
) {
  return builder.inputRef<Ref>(name).implement({
    description: `Which ${what}: exactly one field is given.`,
    isOneOf: true,
    fields: (t: never) =>
      Object.fromEntries(
        (Object.entries(fields) as [string, [string, string]][]).map(([field, [type, description]]) => [
          field,
          (t as { field(options: object): never }).field({ type, description }),
        ]),
      ),
  } as never);
}

export const TicketRefInput = referenceInput<TicketRef>("TicketRef", "ticket", {
  id: ["ID", "By id: this very ticket, also when it was merged; then it can be read, and not worked on."],
  code: ["String", "By code such as `ACME-42`, without case. The code of a merged ticket finds the one that is kept."],
  externalId: ["String", "By its id in another system."],
});
export const ContactRefInput = referenceInput<ContactRef>("ContactRef", "contact", {
  id: ["ID", "By id."],
  email: ["EmailAddress", "By any of its addresses, without case."],
  externalId: ["String", "By its id in another system."],
});
export const CompanyRefInput = referenceInput<CompanyRef>("CompanyRef", "company", {
  id: ["ID", "By id."],
  domain: ["String", "By one of its mail domains, without case."],
  externalId: ["String", "By its id in another system."],
});
export const MessageRefInput = referenceInput<MessageRef>("MessageRef", "message", {
  id: ["ID", "By id."],
  externalId: ["String", "By its id in another system."],
});
export const LabelRefInput = referenceInput<LabelRef>("LabelRef", "label", {
  id: ["ID", "By id."],
  name: ["String", "By name, without case."],
});
export const MemberRefInput = referenceInput<MemberRef>("MemberRef", "member", {
  id: ["ID", "By id."],
  email: ["EmailAddress", "By e-mail address, without case."],
  isMe: ["Boolean", "`true`: the viewer itself."],
});
export const RoleRefInput = referenceInput<RoleRef>("RoleRef", "role", {
  id: ["ID", "By id."],
  name: ["String", "By name, without case."],
});

/** References: the id, or what a person or partner knows instead of it. Exactly one field is given. */
import { z } from "zod";
import { DomainError } from "../wire/errors.ts";
import { type IdType, parseGlobalId } from "../wire/ids.ts";

/** An id of ours as the plain UUID; the wrong type's id is told apart. */
export function globalId(type: IdType) {
  return z.string().transform((id, context) => {
    try {
      return parseGlobalId(type, id);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const code = error.issues?.[0]?.code;
      context.issues.push({ code: "custom", message: error.message, params: { code }, input: id });
      return z.NEVER;
    }
  });
}

/** Exactly one of the fields. */
export function reference<Shape extends Record<string, z.ZodType>>(shape: Shape) {
  const names = Object.keys(shape);
  return z
    .object(shape)
    .refine(
      (value) => Object.values(value).filter((field) => field !== undefined && field !== null).length === 1,
      `give exactly one of ${names.join(", ")}`,
    );
}

/** As it was given, so that an error can name it; who looks for it brings it into the form in which it is compared. */
const key = z.string().trim().min(1, "must not be empty").max(300, "must have at most 300 characters");

export const ticketRef = reference({
  id: globalId("Ticket").optional(),
  code: key.optional(),
  externalId: key.optional(),
});
export const contactRef = reference({
  id: globalId("Contact").optional(),
  email: key.optional(),
  externalId: key.optional(),
});
export const companyRef = reference({
  id: globalId("Company").optional(),
  domain: key.optional(),
  externalId: key.optional(),
});
export const messageRef = reference({ id: globalId("Message").optional(), externalId: key.optional() });
export const labelRef = reference({ id: globalId("Label").optional(), name: key.optional() });
export const memberRef = reference({
  id: globalId("Member").optional(),
  email: key.optional(),
  isMe: z.literal(true, "is true or left out").optional(),
});
export const roleRef = reference({ id: globalId("Role").optional(), name: key.optional() });

export type TicketRef = z.output<typeof ticketRef>;
export type ContactRef = z.output<typeof contactRef>;
export type CompanyRef = z.output<typeof companyRef>;
export type MessageRef = z.output<typeof messageRef>;
export type LabelRef = z.output<typeof labelRef>;
export type MemberRef = z.output<typeof memberRef>;
export type RoleRef = z.output<typeof roleRef>;

/** How a reference is named in an error: by what the caller gave. */
export function describeRef(what: string, ref: Record<string, unknown>): string {
  const [name, value] = Object.entries(ref).find(([, given]) => given !== undefined && given !== null) ?? [];
  if (name === "isMe") return "You as a member (an API key is none)";
  return name === "id" ? `This ${what.toLowerCase()}` : `${what} "${value}"`;
}

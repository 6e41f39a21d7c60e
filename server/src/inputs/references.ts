/** References: the id, or another identifier that a person or partner knows. Exactly one field must be given. */
import { type ZodObject, type ZodRawShape, z } from "zod";
import "./input.ts";
import { DomainError } from "../wire/errors.ts";
import { type IdType, parseGlobalId } from "../wire/ids.ts";

/** An id of ours as the plain UUID; an id of the wrong type is refused. */
export function globalId(type: IdType) {
  return z
    .string()
    .transform((id, context) => {
      try {
        return parseGlobalId(type, id);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const code = error.issues?.[0]?.code;
        context.issues.push({ code: "custom", message: error.message, params: { code }, input: id });
        return z.NEVER;
      }
    })
    .meta({ graphql: "ID" });
}

/** Exactly one of the fields. */
export function oneOf<Shape extends ZodRawShape>(name: string, description: string, shape: Shape): ZodObject<Shape> {
  return z
    .object(shape)
    .refine(
      (value) => Object.values(value).filter((field) => field !== undefined && field !== null).length === 1,
      `give exactly one of ${Object.keys(shape).join(", ")}`,
    )
    .meta({ inputType: { name, description, isOneOf: true } });
}

const reference = <Shape extends ZodRawShape>(name: string, what: string, shape: Shape) =>
  oneOf(name, `Identifies the ${what}. Give exactly one field.`, shape);

/** As given, so that an error can name it; the lookup converts it to the form for comparing. */
const key = (description: string, graphql = "String") =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(300, "must have at most 300 characters")
    .optional()
    .meta({ graphql, description });

const byId = (type: IdType, description = "By id.") => globalId(type).optional().describe(description);
const byExternalId = key("By its id in another system.");

export const ticketRef = reference("TicketRef", "ticket", {
  id: byId("Ticket", "By id: exactly this ticket, even if it was merged; a merged ticket can be read but not changed."),
  code: key("By code such as `ACME-42`, ignoring case. The code of a merged ticket finds the kept one."),
  externalId: byExternalId,
});
export const contactRef = reference("ContactRef", "contact", {
  id: byId("Contact"),
  email: key("By any of its addresses, ignoring case.", "EmailAddress"),
  externalId: byExternalId,
});
export const companyRef = reference("CompanyRef", "company", {
  id: byId("Company"),
  domain: key("By any of its mail domains, ignoring case."),
  externalId: byExternalId,
});
export const messageRef = reference("MessageRef", "message", { id: byId("Message"), externalId: byExternalId });
export const labelRef = reference("LabelRef", "label", { id: byId("Label"), name: key("By name, ignoring case.") });
export const memberRef = reference("MemberRef", "member", {
  id: byId("Member"),
  email: key("By e-mail address, ignoring case.", "EmailAddress"),
  isMe: z
    .literal(true, "must be true or left out")
    .optional()
    .meta({ graphql: "Boolean", description: "`true`: the viewer itself." }),
});
export const roleRef = reference("RoleRef", "role", { id: byId("Role"), name: key("By name, ignoring case.") });

export type TicketRef = z.output<typeof ticketRef>;
export type ContactRef = z.output<typeof contactRef>;
export type CompanyRef = z.output<typeof companyRef>;
export type MessageRef = z.output<typeof messageRef>;
export type LabelRef = z.output<typeof labelRef>;
export type MemberRef = z.output<typeof memberRef>;
export type RoleRef = z.output<typeof roleRef>;

/** The name of a reference in an error: what the caller gave. */
export function describeRef(what: string, ref: Record<string, unknown>): string {
  const [name, value] = Object.entries(ref).find(([, given]) => given !== undefined && given !== null) ?? [];
  if (name === "isMe") return "The viewer as a member (an API key isn't one)";
  return name === "id" ? `This ${what.toLowerCase()}` : `${what} "${value}"`;
}

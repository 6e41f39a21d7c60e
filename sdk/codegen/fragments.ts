/** What methods select of each type: every field that stands by itself, so that a new one is there without being asked for. */
import { type GraphQLSchema, getNamedType, isLeafType, isNonNullType, isObjectType, Kind, parse } from "graphql";

/** Fields that fragments leave out, each with the reason; whoever wants one selects it. */
const leftOut: Record<string, Record<string, string>> = {
  ApiKey: { pointsPerMinute: "a setting", updatedAt: "a key only ends", version: "a key can't be updated" },
  Company: { ticketCount: "a statement of its own" },
  Contact: { companySource: "how a link came about", ticketCount: "a statement of its own" },
  Invitation: { updatedAt: "state says it", version: "an invitation can't be updated" },
  Label: { ticketCount: "a statement of its own" },
  Message: { preview: "the start of the body, which is there" },
  Organization: {
    autoCloseResolvedAfterDays: "a setting",
    closedTicketReply: "a setting",
    emailSignature: "a setting",
    outboundMailboxMode: "a setting",
    reopenWithinDays: "a setting",
  },
  Ticket: { allowedStatuses: "for a form that changes one" },
  TimeEntry: { currency: "a part of rate and amount", invoicedAt: "the day is there" },
};

/** The fragments with the fields that the schema has and they lack. @throws Error for a left out field that is none any more */
export function completeFragments(text: string, schema: GraphQLSchema): string {
  let completed = text;
  for (const definition of parse(text).definitions.toReversed()) {
    if (definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const type = schema.getType(definition.typeCondition.name.value);
    if (!isObjectType(type)) continue;
    const left = leftOut[type.name] ?? {};
    const fields = Object.values(type.getFields()).filter(
      ({ type: of, args }) => isLeafType(getNamedType(of)) && !args.some((arg) => isNonNullType(arg.type)),
    );
    const gone = Object.keys(left).find((name) => !fields.some((field) => field.name === name));
    if (gone)
      throw new Error(`sdk/codegen/fragments.ts leaves out ${type.name}.${gone}, which the schema doesn't have.`);
    const selected = definition.selectionSet.selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : ""));
    const missing = fields.map(({ name }) => name).filter((name) => !selected.includes(name) && !(name in left));
    const end = (definition.loc?.end ?? 0) - 1;
    completed = completed.slice(0, end) + missing.map((name) => `  ${name}\n`).join("") + completed.slice(end);
  }
  return completed;
}

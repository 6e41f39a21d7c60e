/** Imports every graph file and exports the schema. */
import {
  DirectiveLocation,
  GraphQLDirective,
  type GraphQLEnumType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
} from "graphql";
import "./entity-tables.ts";
import { builder } from "./schema/builder.ts";
import "./schema/enums.ts";
import "./schema/scalars.ts";
import "./customers/contact.enums.ts";
import "./messages/message.enums.ts";
import "./organizations/organization.enums.ts";
import "./tickets/ticket.enums.ts";
import "./ticket-actions/ticket-actions.enums.ts";
import "./time-entries/time-entry.enums.ts";
import "./nodes/node.queries.ts";
import "./api-keys/api-key.mutations.ts";
import "./api-keys/api-key.queries.ts";
import "./sessions/session.mutations.ts";
import "./live/change.queries.ts";
import "./live/live.subscriptions.ts";
import "./customers/company.mutations.ts";
import "./customers/company.queries.ts";
import "./customers/contact.mutations.ts";
import "./customers/contact.queries.ts";
import "./labels/label.mutations.ts";
import "./labels/label.queries.ts";
import "./invitations/invitation.mutations.ts";
import "./invitations/invitation.queries.ts";
import "./messages/message.queries.ts";
import "./members/role.mutations.ts";
import "./members/role.queries.ts";
import "./members/member.mutations.ts";
import "./members/member.queries.ts";
import "./organizations/organization.mutations.ts";
import "./organizations/organization.type.ts";
import "./ticket-actions/ticket.mutations.ts";
import "./ticket-actions/ticket-many.mutations.ts";
import "./tickets/ticket-timeline.type.ts";
import "./tickets/ticket.queries.ts";
import "./reports/time-report.queries.ts";
import "./time-entries/time-entry.mutations.ts";
import "./time-entries/time-entry.queries.ts";
import "./viewer/viewer.queries.ts";

export function buildSchema(): GraphQLSchema {
  const schema = builder.toSchema();
  const access = new GraphQLDirective({
    name: "access",
    description:
      "The permissions, of which the viewer needs one, and the narrowest reach that suffices. Without them, a root field fails with FORBIDDEN, and any other field is null.",
    locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.INPUT_FIELD_DEFINITION],
    args: {
      permission: {
        description: "The permissions that give access; the viewer needs at least one of them.",
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(schema.getType("Permission") as GraphQLEnumType))),
      },
      reach: {
        description: "The narrowest reach that gives access.",
        type: schema.getType("Reach") as GraphQLEnumType,
      },
    },
  });
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, directives: [...config.directives, access] });
}

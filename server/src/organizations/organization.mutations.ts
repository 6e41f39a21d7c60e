import type { Result } from "../access/operation.ts";
import { builder } from "../schema/builder.ts";
import { toGlobalId } from "../schema/ids.ts";
import { organizationCreate, organizationCreateErrors } from "./organization.service.ts";

const OrganizationCreateInput = builder.inputType("OrganizationCreateInput", {
  description: "A new organization.",
  fields: (t) => ({
    name: t.string({ required: true, description: "The name, at most 200 characters." }),
    ticketPrefix: t.string({
      required: true,
      description: "The prefix of ticket codes: 2 to 10 of A-Z and 0-9, a letter first, unique on this server.",
    }),
    defaultCurrency: t.field({
      type: "CurrencyCode",
      defaultValue: "EUR",
      description: "The currency of rates without another.",
    }),
    timeZone: t.field({ type: "TimeZone", defaultValue: "UTC", description: "What a day is there." }),
  }),
});

type Created = Result<{ organizationId: string; memberId: string }, never>;

const OrganizationCreatePayload = builder.objectRef<Created>("OrganizationCreatePayload").implement({
  description: "What `organizationCreate` answers with. Send the id as `X-Organization-Id` to work there.",
  fields: (t) => ({
    organizationId: t.id({
      description: "The new organization.",
      resolve: ({ ids }) => toGlobalId("Organization", ids.organizationId),
    }),
    memberId: t.id({
      description: "The caller as its admin.",
      resolve: ({ ids }) => toGlobalId("Member", ids.memberId),
    }),
    cursor: t.field({
      type: "ChangeCursor",
      description: "The position that this made in the new organization's change log.",
      resolve: ({ ids, changeNumber }, _args, context) =>
        context.cursors.encodeChange(ids.organizationId, changeNumber),
    }),
  }),
});

builder.mutationFields((t) => ({
  organizationCreate: t.field({
    type: OrganizationCreatePayload,
    access: "user",
    errors: organizationCreateErrors,
    description:
      "Creates an organization with the signed-in user as its admin. A user whose address is not verified can belong to one only.",
    args: { input: t.arg({ type: OrganizationCreateInput, required: true, description: "The organization." }) },
    resolve: (_root, args, context, info) => organizationCreate(context, args, String(info.path.key)),
  }),
}));

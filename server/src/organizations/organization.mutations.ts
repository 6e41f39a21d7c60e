import type { Result } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { inputTypeOf } from "../schema/input-types.ts";
import { affected, mutationField } from "../schema/mutation.ts";
import { toGlobalId } from "../wire/ids.ts";
import { organizationCreateInput } from "./organization.input.ts";
import { organizationCreate, organizationCreateErrors, organizationUpdate } from "./organization.service.ts";

type Created = Result<{ organizationId: string; memberId: string }, never>;

const OrganizationCreatePayload = builder.objectRef<Created>("OrganizationCreatePayload").implement({
  description: "The result of `organizationCreate`. Send the id as `X-Organization-Id` to work there.",
  fields: (t) => ({
    organizationId: t.id({
      description: "The new organization.",
      resolve: ({ ids }) => toGlobalId("Organization", ids.organizationId),
    }),
    memberId: t.id({
      description: "The id of the caller as a member; the member has the Admin role.",
      resolve: ({ ids }) => toGlobalId("Member", ids.memberId),
    }),
    cursor: t.field({
      type: "ChangeCursor",
      description: "The position of this change in the new organization's change log.",
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
      "Creates an organization with the signed-in user as its admin. A user whose address isn't verified can belong to only one organization.",
    args: {
      input: t.arg({ type: inputTypeOf(organizationCreateInput), required: true, description: "The organization." }),
    },
    resolve: (_root, args, context, info) => organizationCreate(context, args, String(info.path.key)),
  }),
}));

mutationField("organizationUpdate", organizationUpdate, "Changes the organization's settings.", {
  organization: affected("Organization", "organizationId", "The organization.", { isAlwaysSeen: true }),
});

import type { Result } from "../operations/operation.ts";
import { builder } from "../schema/builder.ts";
import { mutationField } from "../schema/mutation.ts";
import { toGlobalId } from "../wire/ids.ts";
import { ClosedTicketReply, OutboundMailboxMode } from "./organization.enums.ts";
import { organizationCreate, organizationCreateErrors, organizationUpdate } from "./organization.service.ts";
import { Organization } from "./organization.type.ts";

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

const OrganizationUpdateInput = builder.inputType("OrganizationUpdateInput", {
  description: "What to change of the settings: an absent field stays, null clears.",
  fields: (t) => ({
    name: t.string({ description: "The name; can't be cleared." }),
    ticketPrefix: t.string({
      description:
        "The prefix of new tickets' codes: 2 to 10 of A-Z and 0-9, a letter first, unique on this server. Old codes stay.",
    }),
    defaultCurrency: t.field({
      type: "CurrencyCode",
      access: { permission: "time.manage" },
      description:
        "The currency of rates without another. Members' rates and the default rate are in it: changing it relabels them and converts nothing.",
    }),
    timeZone: t.field({ type: "TimeZone", description: "What a day is here." }),
    defaultHourlyRate: t.field({
      type: "Decimal",
      access: { permission: "time.manage" },
      description: "The hourly rate where nothing closer says another; null: none.",
    }),
    logoUrl: t.field({ type: "URL", description: "The logo; null: none." }),
    primaryColor: t.field({ type: "HexColor", description: "The colour of the brand; null: none." }),
    emailSignature: t.string({
      description: "What stands below replies by mail, at most 5,000 characters; null: nothing.",
    }),
    outboundMailboxMode: t.field({ type: OutboundMailboxMode, description: "Through which mailbox replies go out." }),
    closedTicketReply: t.field({
      type: ClosedTicketReply,
      description: "What a customer's message to a closed ticket does.",
    }),
    reopenWithinDays: t.int({
      description: "For how many days after closing a message may reopen a ticket: 0 to 365.",
    }),
    autoCloseResolvedAfterDays: t.int({
      description: "After how many days a RESOLVED ticket closes by itself: 1 to 365; null: never.",
    }),
    billingIncrementMinutes: t.int({ description: "To what billed minutes are rounded up: 1 to 240." }),
    expectedVersion: t.int({ description: "The version read before; another one there now is CONFLICT." }),
  }),
});

mutationField("organizationUpdate", {
  operation: organizationUpdate,
  description: "Changes the organization's settings.",
  args: (arg) => ({ input: arg({ type: OrganizationUpdateInput, required: true, description: "What to change." }) }),
  payload: (t) => ({
    organization: t.prismaField({
      type: Organization,
      description: "The organization.",
      resolve: (query, { ids }, _args, context) =>
        context.db.organization.findFirstOrThrow({ ...query, where: { id: ids.organizationId } }),
    }),
  }),
});

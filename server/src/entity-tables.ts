/** Loads every entity's table, so that they find each other by name whoever comes first. */
import "./api-keys/api-key.entity.ts";
import "./customers/company.entity.ts";
import "./customers/contact.entity.ts";
import "./invitations/invitation.entity.ts";
import "./labels/label.entity.ts";
import "./members/member.entity.ts";
import "./members/role.entity.ts";
import "./messages/message.entity.ts";
import "./organizations/organization.entity.ts";
import "./tickets/ticket.entity.ts";
import "./time-entries/time-entry.entity.ts";

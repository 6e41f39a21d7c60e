/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** A new API key. */
export type ApiKeyCreateInput = {
  /** When it stops working. Default: never. */
  expiresAt?: string | null | undefined;
  /** The name of the program or purpose it is for, at most 200 characters. */
  name: string;
  /** The maximum points it can use per minute, at least 1, in addition to the limit of the organization's plan. Default: that limit alone. */
  pointsPerMinute?: number | null | undefined;
  /** The role that it has; it must grant nothing that you don't hold. */
  role: RoleRef;
};

/** How a bulk operation treats an error in one ticket. */
export type BulkMode =
  /** Nothing is changed, and the error names the ticket. */
  | 'ALL_OR_NOTHING'
  /** A ticket with an error stays unchanged, the other tickets are changed, and each ticket has its own result. */
  | 'PER_TICKET';

/** The kind of a change: what happened, and to which object. */
export type ChangeKind =
  /** An API key was created. */
  | 'API_KEY_CREATED'
  /** An API key was revoked. */
  | 'API_KEY_REVOKED'
  /** A company was archived or unarchived. */
  | 'COMPANY_ARCHIVED'
  /** A company was created. */
  | 'COMPANY_CREATED'
  /** A company was deleted, or merged into another. */
  | 'COMPANY_DELETED'
  /** Another company was merged into a company: its domains, contacts and tickets moved there. */
  | 'COMPANY_MERGED'
  /** A company's own fields or domains changed. */
  | 'COMPANY_UPDATED'
  /** A contact's name, addresses and phone were erased. */
  | 'CONTACT_ANONYMIZED'
  /** A contact was created or found by its first message. */
  | 'CONTACT_CREATED'
  /** A contact was deleted, or merged into another. */
  | 'CONTACT_DELETED'
  /** Another contact was merged into a contact: its tickets, messages and addresses moved there. */
  | 'CONTACT_MERGED'
  /** A contact's own fields or addresses changed. */
  | 'CONTACT_UPDATED'
  /** An invitation was accepted. */
  | 'INVITATION_ACCEPTED'
  /** An invitation was created. */
  | 'INVITATION_CREATED'
  /** An invitation was resent, with a new token and a new expiry. */
  | 'INVITATION_RESENT'
  /** An invitation was revoked. */
  | 'INVITATION_REVOKED'
  /** A label was created. */
  | 'LABEL_CREATED'
  /** A label was deleted, or merged into another. */
  | 'LABEL_DELETED'
  /** Another label was merged into a label: its tickets moved there. */
  | 'LABEL_MERGED'
  /** A label's name, colour or description changed. */
  | 'LABEL_UPDATED'
  /** A member joined the organization. */
  | 'MEMBER_CREATED'
  /** A member left the organization. */
  | 'MEMBER_REMOVED'
  /** A member's name, role, rate or access changed. */
  | 'MEMBER_UPDATED'
  /** A reply or note was written, or a customer's message arrived. */
  | 'MESSAGE_CREATED'
  /** The organization was created. */
  | 'ORGANIZATION_CREATED'
  /** The organization's settings changed. */
  | 'ORGANIZATION_UPDATED'
  /** A custom role was created. */
  | 'ROLE_CREATED'
  /** A custom role was deleted. */
  | 'ROLE_DELETED'
  /** A custom role's name, description or grants changed. */
  | 'ROLE_UPDATED'
  /** A ticket was assigned to a member, or unassigned. */
  | 'TICKET_ASSIGNED'
  /** A ticket was created. */
  | 'TICKET_CREATED'
  /** A ticket was moved to the trash. */
  | 'TICKET_DELETED'
  /** Labels were added to a ticket or removed from it. */
  | 'TICKET_LABELS_CHANGED'
  /** A ticket was merged into another: its messages moved there. */
  | 'TICKET_MERGED'
  /** Participants were added to a ticket or removed from it. */
  | 'TICKET_PARTICIPANTS_CHANGED'
  /** A ticket was purged with its messages after its time in the trash. */
  | 'TICKET_PURGED'
  /** A ticket was restored from the trash. */
  | 'TICKET_RESTORED'
  /** A ticket's status changed. */
  | 'TICKET_STATUS_CHANGED'
  /** A ticket's own fields changed. */
  | 'TICKET_UPDATED'
  /** Time was logged. */
  | 'TIME_ENTRY_CREATED'
  /** A time entry was deleted, or a timer discarded. */
  | 'TIME_ENTRY_DELETED'
  /** A time entry was put on an invoice. */
  | 'TIME_ENTRY_INVOICED'
  /** A time entry was repriced at the current rates. */
  | 'TIME_ENTRY_REPRICED'
  /** A timer was started. */
  | 'TIME_ENTRY_STARTED'
  /** A timer was stopped and its time saved. */
  | 'TIME_ENTRY_STOPPED'
  /** A time entry was taken off its invoice. */
  | 'TIME_ENTRY_UNINVOICED'
  /** A time entry's own fields changed. */
  | 'TIME_ENTRY_UPDATED';

/** The type of object that a change is about. */
export type ChangeSubjectType =
  /** An API key. */
  | 'API_KEY'
  /** A company. */
  | 'COMPANY'
  /** A contact. */
  | 'CONTACT'
  /** An invitation. */
  | 'INVITATION'
  /** A label. */
  | 'LABEL'
  /** A member. */
  | 'MEMBER'
  /** A message. */
  | 'MESSAGE'
  /** An organization. */
  | 'ORGANIZATION'
  /** A role. */
  | 'ROLE'
  /** A ticket. */
  | 'TICKET'
  /** A time entry. */
  | 'TIME_ENTRY';

/** The effect of a customer's message to a closed ticket. */
export type ClosedTicketReply =
  /** Opens a new ticket that follows up on the closed one. */
  | 'FOLLOW_UP'
  /** Reopens the ticket within `reopenWithinDays`, otherwise acts as FOLLOW_UP. */
  | 'REOPEN';

/** A new company. */
export type CompanyCreateInput = {
  /** A contact to create the company from. The contact is linked, and its address's domain is added unless it is public or taken. */
  contact?: ContactRef | null | undefined;
  /**
   * The currency. Null means the organization's default currency.
   *
   * Needs the permission `time.manage`.
   */
  currency?: string | null | undefined;
  /** Mail domains such as acme.com, at most 50. Contacts with an address at or below one are linked automatically; the longest domain wins. Public domains such as gmail.com are refused with PUBLIC_DOMAIN. */
  domains?: ReadonlyArray<string> | null | undefined;
  /**
   * The id in another system, unique in the organization.
   *
   * Needs the permission `contact.manage`.
   */
  externalId?: string | null | undefined;
  /**
   * The price of an hour of work for the company.
   *
   * Needs the permission `time.manage`.
   */
  hourlyRate?: string | null | undefined;
  /** The name, at most 200 characters. */
  name: string;
  /**
   * The team's notes, at most 100,000 characters.
   *
   * Needs the permission `contact.manage`.
   */
  notes?: string | null | undefined;
  /**
   * The prefix of its new tickets' codes: 2 to 10 characters of A-Z and 0-9, starting with a letter. Null means the organization's prefix.
   *
   * Needs the permission `organization.manage`.
   */
  ticketPrefix?: string | null | undefined;
};

/** Selects the mail domains of a company. */
export type CompanyDomainFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<CompanyDomainFilter> | null | undefined;
  /** By the domain. In a URL or a name with www., only the domain counts. */
  domain?: TextFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: CompanyDomainFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<CompanyDomainFilter> | null | undefined;
};

/** Quantifies over a relation. All given quantifiers must hold. */
export type CompanyDomainListFilter = {
  /** Matches if all related rows match, or there are none. */
  every?: CompanyDomainFilter | null | undefined;
  /** Matches if no related row matches. */
  none?: CompanyDomainFilter | null | undefined;
  /** Matches if at least one related row matches. */
  some?: CompanyDomainFilter | null | undefined;
};

/** Selects companies. All given conditions must hold. */
export type CompanyFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<CompanyFilter> | null | undefined;
  /** By the creation time. */
  createdAt?: DateTimeFilter | null | undefined;
  /**
   * By mail domains.
   *
   * Needs the permission `contact.view`.
   */
  domains?: CompanyDomainListFilter | null | undefined;
  /**
   * By the id in another system, matched exactly.
   *
   * Needs the permission `contact.view`.
   */
  externalId?: TextFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /**
   * By whether it is archived.
   *
   * Needs the permission `contact.view`.
   */
  isArchived?: boolean | null | undefined;
  /** By name, ignoring case; contains and startsWith ignore accents too. */
  name?: TextFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: CompanyFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<CompanyFilter> | null | undefined;
  /** By the time of the last change. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** Selects companies by id alone. */
export type CompanyLiveFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<CompanyLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: CompanyLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<CompanyLiveFilter> | null | undefined;
};

/** Selects companies by id alone. Used where another filter refers to such a row. */
export type CompanyLiveRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<CompanyLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: CompanyLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<CompanyLiveFilter> | null | undefined;
};

/** The order of companies: one key, then the id. */
export type CompanyOrder = {
  /** The direction. */
  direction: OrderDirection;
  /** The sort key. */
  field: CompanyOrderField;
};

/** The sort keys of companies. */
export type CompanyOrderField =
  /** When it was created. */
  | 'CREATED_AT'
  /** The name, ignoring case. */
  | 'NAME'
  /** When it last changed. */
  | 'UPDATED_AT';

/** Identifies the company. Give exactly one field. */
export type CompanyRef =
  {   /** By any of its mail domains, ignoring case. */
  domain: string; externalId?: never; id?: never; }
  |  { domain?: never;   /** By its id in another system. */
  externalId: string; id?: never; }
  |  { domain?: never; externalId?: never;   /** By id. */
  id: string; };

/** Selects companies. All given conditions must hold. Used where another filter refers to such a row. */
export type CompanyRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<CompanyFilter> | null | undefined;
  /** By the creation time. */
  createdAt?: DateTimeFilter | null | undefined;
  /**
   * By mail domains.
   *
   * Needs the permission `contact.view`.
   */
  domains?: CompanyDomainListFilter | null | undefined;
  /**
   * By the id in another system, matched exactly.
   *
   * Needs the permission `contact.view`.
   */
  externalId?: TextFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /**
   * By whether it is archived.
   *
   * Needs the permission `contact.view`.
   */
  isArchived?: boolean | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** By name, ignoring case; contains and startsWith ignore accents too. */
  name?: TextFilter | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: CompanyFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<CompanyFilter> | null | undefined;
  /** By the time of the last change. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** How a contact was linked to its company. */
export type CompanySource =
  /** Linked automatically by the domain of its address; follows a moved or removed domain. */
  | 'DOMAIN'
  /** Linked or unlinked by a person; never overridden by a domain. */
  | 'MANUAL';

/** The changes to a company. A field that is left out stays as it is; null clears it. */
export type CompanyUpdateInput = {
  /**
   * Mail domains such as acme.com, at most 50. Contacts with an address at or below one are linked automatically; the longest domain wins. Public domains such as gmail.com are refused with PUBLIC_DOMAIN.
   *
   * Needs the permission `contact.manage`.
   */
  addDomains?: ReadonlyArray<string> | null | undefined;
  /**
   * The currency. Null means the organization's default currency.
   *
   * Needs the permission `time.manage`.
   */
  currency?: string | null | undefined;
  /** The version you read. If the current one differs, the call fails with CONFLICT. */
  expectedVersion?: number | null | undefined;
  /**
   * The id in another system, unique in the organization.
   *
   * Needs the permission `contact.manage`.
   */
  externalId?: string | null | undefined;
  /**
   * The price of an hour of work for the company.
   *
   * Needs the permission `time.manage`.
   */
  hourlyRate?: string | null | undefined;
  /**
   * The name, at most 200 characters; can't be cleared.
   *
   * Needs the permission `contact.manage`.
   */
  name?: string | null | undefined;
  /**
   * The team's notes, at most 100,000 characters.
   *
   * Needs the permission `contact.manage`.
   */
  notes?: string | null | undefined;
  /**
   * The domains to remove. Contacts that were linked by them move to the next company that matches, or to none.
   *
   * Needs the permission `contact.manage`.
   */
  removeDomains?: ReadonlyArray<string> | null | undefined;
  /**
   * The prefix of its new tickets' codes: 2 to 10 characters of A-Z and 0-9, starting with a letter. Null means the organization's prefix.
   *
   * Needs the permission `organization.manage`.
   */
  ticketPrefix?: string | null | undefined;
};

/** A company as it should be: found by externalId, else by any of the domains, else created. A field that is left out stays as it is; null clears it. */
export type CompanyUpsertInput = {
  /**
   * The currency. Null means the organization's default currency.
   *
   * Needs the permission `time.manage`.
   */
  currency?: string | null | undefined;
  /** The domains that the company should have; its other domains stay. Mail domains such as acme.com, at most 50. Contacts with an address at or below one are linked automatically; the longest domain wins. Public domains such as gmail.com are refused with PUBLIC_DOMAIN. */
  domains?: ReadonlyArray<string> | null | undefined;
  /**
   * The id in another system, unique in the organization.
   *
   * Needs the permission `contact.manage`.
   */
  externalId?: string | null | undefined;
  /**
   * The price of an hour of work for the company.
   *
   * Needs the permission `time.manage`.
   */
  hourlyRate?: string | null | undefined;
  /** The name, at most 200 characters. Default for a new company: its first domain. */
  name?: string | null | undefined;
  /**
   * The team's notes, at most 100,000 characters.
   *
   * Needs the permission `contact.manage`.
   */
  notes?: string | null | undefined;
  /**
   * The prefix of its new tickets' codes: 2 to 10 characters of A-Z and 0-9, starting with a letter. Null means the organization's prefix.
   *
   * Needs the permission `organization.manage`.
   */
  ticketPrefix?: string | null | undefined;
};

/** Selects the e-mail addresses of a contact. */
export type ContactAddressFilter = {
  /** By the address, ignoring case. */
  address?: TextFilter | null | undefined;
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<ContactAddressFilter> | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: ContactAddressFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<ContactAddressFilter> | null | undefined;
};

/** Quantifies over a relation. All given quantifiers must hold. */
export type ContactAddressListFilter = {
  /** Matches if all related rows match, or there are none. */
  every?: ContactAddressFilter | null | undefined;
  /** Matches if no related row matches. */
  none?: ContactAddressFilter | null | undefined;
  /** Matches if at least one related row matches. */
  some?: ContactAddressFilter | null | undefined;
};

/** A new contact. Give an e-mail address or a phone number. */
export type ContactCreateInput = {
  /** The company. Default: the company whose domain the address has. Null means no company and no link by domain. */
  company?: CompanyRef | null | undefined;
  /** The primary address. No other contact can have it. */
  email?: string | null | undefined;
  /** The id in another system, unique in the organization. */
  externalId?: string | null | undefined;
  /** The name, at most 200 characters. */
  name: string;
  /** The team's notes, at most 100,000 characters. */
  notes?: string | null | undefined;
  /** The phone number. */
  phone?: string | null | undefined;
};

/** Selects contacts. All given conditions must hold. */
export type ContactFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<ContactFilter> | null | undefined;
  /**
   * By company.
   *
   * Needs the permission `contact.view`.
   */
  company?: CompanyRelationFilter | null | undefined;
  /** By the creation time. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By any of its e-mail addresses, ignoring case; without `contact.view` only by the primary one. */
  email?: TextFilter | null | undefined;
  /**
   * By e-mail addresses, each compared on its own.
   *
   * Needs the permission `contact.view`.
   */
  emails?: ContactAddressListFilter | null | undefined;
  /**
   * By the id in another system, matched exactly.
   *
   * Needs the permission `contact.view`.
   */
  externalId?: TextFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By whether its name and addresses were erased. */
  isAnonymous?: boolean | null | undefined;
  /**
   * By whether its messages are refused.
   *
   * Needs the permission `contact.view`.
   */
  isBlocked?: boolean | null | undefined;
  /** By name, ignoring case; contains and startsWith ignore accents too. */
  name?: TextFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: ContactFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<ContactFilter> | null | undefined;
  /** By the time of the last change. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** Selects contacts by id alone. */
export type ContactLiveFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<ContactLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: ContactLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<ContactLiveFilter> | null | undefined;
};

/** Selects contacts by id alone. Used where another filter refers to such a row. */
export type ContactLiveRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<ContactLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: ContactLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<ContactLiveFilter> | null | undefined;
};

/** The order of contacts: one key, then the id. */
export type ContactOrder = {
  /** The direction. */
  direction: OrderDirection;
  /** The sort key. */
  field: ContactOrderField;
};

/** The sort keys of contacts. */
export type ContactOrderField =
  /** When it was created. */
  | 'CREATED_AT'
  /** The name, ignoring case. */
  | 'NAME'
  /** When it last changed. */
  | 'UPDATED_AT';

/** Identifies the contact. Give exactly one field. */
export type ContactRef =
  {   /** By any of its addresses, ignoring case. */
  email: string; externalId?: never; id?: never; }
  |  { email?: never;   /** By its id in another system. */
  externalId: string; id?: never; }
  |  { email?: never; externalId?: never;   /** By id. */
  id: string; };

/** Selects contacts. All given conditions must hold. Used where another filter refers to such a row. */
export type ContactRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<ContactFilter> | null | undefined;
  /**
   * By company.
   *
   * Needs the permission `contact.view`.
   */
  company?: CompanyRelationFilter | null | undefined;
  /** By the creation time. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By any of its e-mail addresses, ignoring case; without `contact.view` only by the primary one. */
  email?: TextFilter | null | undefined;
  /**
   * By e-mail addresses, each compared on its own.
   *
   * Needs the permission `contact.view`.
   */
  emails?: ContactAddressListFilter | null | undefined;
  /**
   * By the id in another system, matched exactly.
   *
   * Needs the permission `contact.view`.
   */
  externalId?: TextFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By whether its name and addresses were erased. */
  isAnonymous?: boolean | null | undefined;
  /**
   * By whether its messages are refused.
   *
   * Needs the permission `contact.view`.
   */
  isBlocked?: boolean | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** By name, ignoring case; contains and startsWith ignore accents too. */
  name?: TextFilter | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: ContactFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<ContactFilter> | null | undefined;
  /** By the time of the last change. */
  updatedAt?: DateTimeFilter | null | undefined;
};

/** The changes to a contact. A field that is left out stays as it is; null clears it. */
export type ContactUpdateInput = {
  /** Further addresses to add; a contact can have at most 20. */
  addEmails?: ReadonlyArray<string> | null | undefined;
  /** Further phone numbers to add; a contact can have at most 20. */
  addPhones?: ReadonlyArray<string> | null | undefined;
  /** The company; null removes the link. A link set or removed here is never overridden by a domain. */
  company?: CompanyRef | null | undefined;
  /** The primary address. The previous one stays as a further address. Null removes the primary address. */
  email?: string | null | undefined;
  /** The version you read. If the current one differs, the call fails with CONFLICT. */
  expectedVersion?: number | null | undefined;
  /** The id in another system; null clears it. */
  externalId?: string | null | undefined;
  /** Whether its messages are refused. */
  isBlocked?: boolean | null | undefined;
  /**
   * Whether all of the contact's tickets that the viewer can update also move to the new company. Default: false. Then only tickets without a company move, and only if the contact had no company before.
   *
   * Needs the permission `ticket.update`.
   */
  moveTickets?: boolean | null | undefined;
  /** The name, at most 200 characters; can't be cleared. */
  name?: string | null | undefined;
  /** The team's notes, at most 100,000 characters. */
  notes?: string | null | undefined;
  /** The primary phone number. The previous one isn't kept. Null removes it; then the next further number becomes the primary one. */
  phone?: string | null | undefined;
  /** The addresses to remove. */
  removeEmails?: ReadonlyArray<string> | null | undefined;
  /** The phone numbers to remove, in any notation. */
  removePhones?: ReadonlyArray<string> | null | undefined;
};

/** A contact as it should be: found by externalId, else by any address, else created, which needs an e-mail address or a phone number. A field that is left out stays as it is; null clears it. */
export type ContactUpsertInput = {
  /** The company. Default: a new contact is linked by its address's domain. Null means no company. */
  company?: CompanyRef | null | undefined;
  /** The address, by which the contact is found if not by externalId. A new address becomes the primary one; the previous one stays. */
  email?: string | null | undefined;
  /** The id in another system, by which the contact is searched for first. */
  externalId?: string | null | undefined;
  /** The name, at most 200 characters. Default for a new contact: the address's local part. */
  name?: string | null | undefined;
  /** The team's notes, at most 100,000 characters. */
  notes?: string | null | undefined;
  /** The phone number. */
  phone?: string | null | undefined;
};

/** Compares a day. An instant means the day that it falls on in the organization's time zone. All given comparators must hold. */
export type DateFilter = {
  /** On this day. */
  eq?: string | null | undefined;
  /** After this day. */
  gt?: string | null | undefined;
  /** On this day or later. */
  gte?: string | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
  /** Before this day. */
  lt?: string | null | undefined;
  /** On this day or earlier. */
  lte?: string | null | undefined;
};

/** Compares an instant. A bare date means that whole day. All given comparators must hold. */
export type DateTimeFilter = {
  /** At this instant, or on this day. */
  eq?: string | null | undefined;
  /** After this time. A date means after the end of that day. */
  gt?: string | null | undefined;
  /** At or after this time. A date includes the whole day. */
  gte?: string | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
  /** Before this time. A date means before the start of that day. */
  lt?: string | null | undefined;
  /** At or before this time. A date includes the whole day. */
  lte?: string | null | undefined;
};

/** The state of a message's delivery by e-mail. */
export type DeliveryState =
  /** Nothing is to be sent. */
  | 'NONE'
  /** Waiting to be sent. */
  | 'QUEUED';

/** The possible values of an error's `extensions.code`. */
export type ErrorCode =
  /** Another object already has this unique value. */
  | 'ALREADY_EXISTS'
  /** The request is not a valid GraphQL request. */
  | 'BAD_REQUEST'
  /** The request body is larger than 1 MB. */
  | 'BODY_TOO_LARGE'
  /** The four built-in roles can be neither changed nor deleted; create a custom role. */
  | 'BUILT_IN_ROLE'
  /** A company with tickets or time entries can't be deleted; archive it, or merge it into another. */
  | 'COMPANY_HAS_TICKETS'
  /** Someone else changed or locked the object; read it again, or retry if `isRetryable`. */
  | 'CONFLICT'
  /** A contact with tickets or time entries can't be deleted; merge or anonymize it. */
  | 'CONTACT_HAS_TICKETS'
  /** This position is no longer valid. A change-log position expires when it is too old or the viewer's rights changed: read the lists again and continue from their `asOf`. Every cursor expires when the server's secret changes: read the list again from its start. */
  | 'CURSOR_EXPIRED'
  /** The mail domain belongs to another company of the organization; `details` names it. */
  | 'DOMAIN_TAKEN'
  /** The time entry is on an invoice and can't be changed; take it off with timeEntriesUninvoice first. */
  | 'ENTRY_INVOICED'
  /** The viewer can see this but lacks the permission to do it. */
  | 'FORBIDDEN'
  /** This Idempotency-Key was used within 24 hours with another operation or other variables. */
  | 'IDEMPOTENCY_MISMATCH'
  /** A bug in the server, logged under `requestId`; give this id when you report it. */
  | 'INTERNAL'
  /** The ticket's status can't change this way; `details` has from, to and the allowed statuses. */
  | 'INVALID_STATUS_TRANSITION'
  /** The invitation expired or was revoked; ask for a new one. */
  | 'INVITATION_EXPIRED'
  /** The invitation was already accepted; sign in. */
  | 'INVITATION_USED'
  /** The organization's last active admin can be neither deactivated, removed nor given another role. */
  | 'LAST_ADMIN'
  /** The object doesn't exist in this organization, or the viewer can't see it. */
  | 'NOT_FOUND'
  /** This server runs only the operations on its operator's list, and this one isn't on it; ask the operator to add it. */
  | 'OPERATION_NOT_LISTED'
  /** The user belongs to several organizations (or none): choose one with the header X-Organization-Id; `details.memberships` lists them. */
  | 'ORGANIZATION_REQUIRED'
  /** This is a public mail domain, where anyone can have an address, so it can't belong to a company. */
  | 'PUBLIC_DOMAIN'
  /** The document exceeds a limit (depth, aliases, directives, tokens or estimated nodes); the message names it. */
  | 'QUERY_TOO_COMPLEX'
  /** Too many attempts, or too few points left; try again after `retryAfterMs`. If it isn't retryable, the operation costs more points than the budget can ever hold. */
  | 'RATE_LIMITED'
  /** The timer has run for more than 10 hours; stop it with the duration actually worked. */
  | 'TIMER_TOO_LONG'
  /** The request has no valid credentials: sign in, refresh the session, or send an API key. */
  | 'UNAUTHENTICATED'
  /** The server can't answer now (database unavailable, too slow, or shutting down); retry later. */
  | 'UNAVAILABLE'
  /** The input breaks a rule; `issues` lists each place with its path. */
  | 'VALIDATION';

/** The totals that you expect, as the dry run returned them. */
export type ExpectedTotalsInput = {
  /** The sum in each currency. */
  amounts: ReadonlyArray<MoneyInput>;
  /** The number of entries. */
  count: number;
};

/** A permission to grant and, for ticket permissions, its reach. */
export type GrantInput = {
  /** The permission; you must hold it yourself. */
  permission: Permission;
  /** The reach. Required for permissions that take one (`permissions { takesReach }`), not allowed for others; never wider than that of TICKET_VIEW. */
  reach?: Reach | null | undefined;
};

/** Compares an id. All given comparators must hold. */
export type IdFilter = {
  /** Equal to this value. */
  eq?: string | null | undefined;
  /** Equal to one of these values; an empty list matches nothing. */
  in?: ReadonlyArray<string> | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
};

/** Compares an instant with an instant. All given comparators must hold. */
export type InstantFilter = {
  /** At this instant. */
  eq?: string | null | undefined;
  /** After this instant. */
  gt?: string | null | undefined;
  /** At or after this instant. */
  gte?: string | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
  /** Before this instant. */
  lt?: string | null | undefined;
  /** At or before this instant. */
  lte?: string | null | undefined;
};

/** The acceptance of an invitation. */
export type InvitationAcceptInput = {
  /** The member's name. Required for a new login. Default: the signed-in user's name. */
  name?: string | null | undefined;
  /** The password of a new login, 10 to 1,024 characters; leave it out if signed in. */
  password?: string | null | undefined;
  /** The token from the link. */
  token: string;
};

/** Selects invitations. All given conditions must hold. */
export type InvitationFilter = {
  /** By the time of acceptance. */
  acceptedAt?: DateTimeFilter | null | undefined;
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<InvitationFilter> | null | undefined;
  /** By the creation time. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By the invited address, ignoring case. */
  email?: TextFilter | null | undefined;
  /** By the expiry time. */
  expiresAt?: DateTimeFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: InvitationFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<InvitationFilter> | null | undefined;
  /** By the time of revocation. */
  revokedAt?: DateTimeFilter | null | undefined;
};

/** The order of invitations: one key, then the id. */
export type InvitationOrder = {
  /** The direction. */
  direction: OrderDirection;
  /** The sort key. */
  field: InvitationOrderField;
};

/** The sort keys of invitations. */
export type InvitationOrderField =
  /** When it was created. */
  | 'CREATED_AT';

/** The state of an invitation. */
export type InvitationState =
  /** It was accepted and can't be used again. */
  | 'ACCEPTED'
  /** Its seven days are over; invitationResend renews it. */
  | 'EXPIRED'
  /** It was revoked. */
  | 'REVOKED'
  /** It can be accepted. */
  | 'WAITING';

/** A new label. */
export type LabelCreateInput = {
  /** The colour that it is shown in. Suggested: #ef4444 #f97316 #eab308 #22c55e #3b82f6 #8b5cf6 #6b7280. */
  color: string;
  /** The purpose of the label, at most 1,000 characters. */
  description?: string | null | undefined;
  /** The name, at most 200 characters, unique ignoring case. */
  name: string;
};

/** Selects labels. All given conditions must hold. */
export type LabelFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<LabelFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By name, ignoring case; contains and startsWith ignore accents too. */
  name?: TextFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: LabelFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<LabelFilter> | null | undefined;
};

/** Quantifies over a relation. All given quantifiers must hold. */
export type LabelListFilter = {
  /** Matches if all related rows match, or there are none. */
  every?: LabelFilter | null | undefined;
  /** Matches if no related row matches. */
  none?: LabelFilter | null | undefined;
  /** Matches if at least one related row matches. */
  some?: LabelFilter | null | undefined;
};

/** Selects labels by id alone. */
export type LabelLiveFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<LabelLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: LabelLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<LabelLiveFilter> | null | undefined;
};

/** Quantifies over a relation. All given quantifiers must hold. */
export type LabelLiveListFilter = {
  /** Matches if all related rows match, or there are none. */
  every?: LabelLiveFilter | null | undefined;
  /** Matches if no related row matches. */
  none?: LabelLiveFilter | null | undefined;
  /** Matches if at least one related row matches. */
  some?: LabelLiveFilter | null | undefined;
};

/** Identifies the label. Give exactly one field. */
export type LabelRef =
  {   /** By id. */
  id: string; name?: never; }
  |  { id?: never;   /** By name, ignoring case. */
  name: string; };

/** The changes to a label. A field that is left out stays as it is; null clears it. */
export type LabelUpdateInput = {
  /** The colour; can't be cleared. */
  color?: string | null | undefined;
  /** The purpose of the label, at most 1,000 characters; null clears it. */
  description?: string | null | undefined;
  /** The version you read. If the current one differs, the call fails with CONFLICT. */
  expectedVersion?: number | null | undefined;
  /** The name, at most 200 characters; can't be cleared. */
  name?: string | null | undefined;
};

/** A new member with a new login. To add an address that already has a login, invite it instead. */
export type MemberAddInput = {
  /** The e-mail address to sign in with. */
  email: string;
  /**
   * The hourly rate, in the organization's default currency.
   *
   * Needs the permission `time.manage`.
   */
  hourlyRate?: string | null | undefined;
  /** The name, at most 200 characters. */
  name: string;
  /** The initial password, 10 to 1,024 characters; share it in person. */
  password: string;
  /** The member's role; it must grant nothing that you don't hold. */
  role: RoleRef;
};

/** Selects members. All given conditions must hold. */
export type MemberFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<MemberFilter> | null | undefined;
  /** By the time of joining. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By e-mail address, ignoring case. */
  email?: TextFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By whether the member has access. */
  isActive?: boolean | null | undefined;
  /** Whether it is the viewer (true) or another member (false). An API key is not a member. */
  isMe?: boolean | null | undefined;
  /** By the end of the membership; isNull: true matches current members. */
  leftAt?: DateTimeFilter | null | undefined;
  /** By name, ignoring case; contains and startsWith also ignore accents. */
  name?: TextFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: MemberFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<MemberFilter> | null | undefined;
  /** By role. */
  role?: RoleRelationFilter | null | undefined;
};

/** The person to invite. */
export type MemberInviteInput = {
  /** The address; only its owner can accept. */
  email: string;
  /** The role that the member will have; it must grant nothing that you don't hold. */
  role: RoleRef;
};

/** Selects members by id alone. */
export type MemberLiveFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<MemberLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** Whether it is the viewer (true) or another member (false). */
  isMe?: boolean | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: MemberLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<MemberLiveFilter> | null | undefined;
};

/** Selects members by id alone. Used where another filter refers to such a row. */
export type MemberLiveRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<MemberLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** Whether it is the viewer (true) or another member (false). */
  isMe?: boolean | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: MemberLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<MemberLiveFilter> | null | undefined;
};

/** The order of members: one key, then the id. */
export type MemberOrder = {
  /** The direction. */
  direction: OrderDirection;
  /** The sort key. */
  field: MemberOrderField;
};

/** The sort keys of members. */
export type MemberOrderField =
  /** When the member joined. */
  | 'CREATED_AT'
  /** The name, ignoring case. */
  | 'NAME';

/** Identifies the member. Give exactly one field. */
export type MemberRef =
  {   /** By e-mail address, ignoring case. */
  email: string; id?: never; isMe?: never; }
  |  { email?: never;   /** By id. */
  id: string; isMe?: never; }
  |  { email?: never; id?: never;   /** `true`: the viewer itself. */
  isMe: boolean; };

/** Selects members. All given conditions must hold. Used where another filter refers to such a row. */
export type MemberRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<MemberFilter> | null | undefined;
  /** By the time of joining. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By e-mail address, ignoring case. */
  email?: TextFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By whether the member has access. */
  isActive?: boolean | null | undefined;
  /** Whether it is the viewer (true) or another member (false). An API key is not a member. */
  isMe?: boolean | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** By the end of the membership; isNull: true matches current members. */
  leftAt?: DateTimeFilter | null | undefined;
  /** By name, ignoring case; contains and startsWith also ignore accents. */
  name?: TextFilter | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: MemberFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<MemberFilter> | null | undefined;
  /** By role. */
  role?: RoleRelationFilter | null | undefined;
};

/** The input of `memberRemove`: who gets the removed member's tickets. */
export type MemberRemoveInput = {
  /** The active member who gets the OPEN and PENDING tickets, and those reopened later. Default, also for null: the tickets become unassigned. */
  reassignTicketsTo?: MemberRef | null | undefined;
};

/** Changes to a member. Omitted fields stay; null clears. */
export type MemberUpdateInput = {
  /** The version you read. If the current one differs, the call fails with CONFLICT. */
  expectedVersion?: number | null | undefined;
  /**
   * The hourly rate, in the organization's default currency; null for none.
   *
   * Needs the permission `time.manage`.
   */
  hourlyRate?: string | null | undefined;
  /**
   * Whether the member has access. false ends access from the next request on and keeps the history; true restores access with the same role.
   *
   * Needs the permission `team.manage`.
   */
  isActive?: boolean | null | undefined;
  /**
   * The name; can't be cleared.
   *
   * Needs the permission `team.manage`.
   */
  name?: string | null | undefined;
  /**
   * With isActive: false. The active member who gets the OPEN and PENDING tickets, and those reopened later. Default, also for null: the tickets become unassigned.
   *
   * Needs the permission `team.manage`.
   */
  reassignTicketsTo?: MemberRef | null | undefined;
  /**
   * The member's role; it must grant nothing that you don't hold. The last active admin's can't be changed.
   *
   * Needs the permission `team.manage`.
   */
  role?: RoleRef | null | undefined;
};

/** The side whose value of a field stays after a merge. */
export type MergeSource =
  /** The values of both, combined. */
  | 'BOTH'
  /** The value of the kept one. */
  | 'KEPT'
  /** The value of the merged one, because the kept one had none. */
  | 'OTHER';

/** The direction of a public message. */
export type MessageDirection =
  /** From the customer. */
  | 'INBOUND'
  /** To the customer. */
  | 'OUTBOUND';

/** A message from a customer that didn't arrive by e-mail, such as a form or a phone call. Give exactly one of bodyText and bodyHtml. */
export type MessageReceiveInput = {
  /** The message as HTML; it is cleaned. */
  bodyHtml?: string | null | undefined;
  /** The message as plain text, at most 100,000 characters. */
  bodyText?: string | null | undefined;
  /** The message's id in another system, unique in the organization, at most 200 characters. A second message with it fails with ALREADY_EXISTS, which names the first in details. Unlike an idempotency key, it doesn't expire after 24 hours. */
  externalId?: string | null | undefined;
  /** The customer who wrote or said it. Default: the ticket's contact. */
  from?: TicketContactInput | null | undefined;
};

/** Identifies the message. Give exactly one field. */
export type MessageRef =
  {   /** By its id in another system. */
  externalId: string; id?: never; }
  |  { externalId?: never;   /** By id. */
  id: string; };

/** The visibility of a message. */
export type MessageVisibility =
  /** A note: only members see it, and it is never sent. */
  | 'INTERNAL'
  /** A message that the customer sees. */
  | 'PUBLIC';

/** An amount in a currency. */
export type MoneyInput = {
  /** The amount. */
  amount: string;
  /** The currency. */
  currency: string;
};

/** The direction of an order. Rows without a value come last either way. */
export type OrderDirection =
  /** Ascending: smallest, oldest or alphabetically first values come first. */
  | 'ASC'
  /** Descending: largest, newest or alphabetically last values come first. */
  | 'DESC';

/** A new organization. */
export type OrganizationCreateInput = {
  /** The default currency of rates. */
  defaultCurrency?: string | null | undefined;
  /** The name, at most 200 characters. */
  name: string;
  /** The prefix of ticket codes: 2 to 10 characters of A-Z and 0-9, starting with a letter, unique on this server. */
  ticketPrefix: string;
  /** The time zone that defines a day. */
  timeZone?: string | null | undefined;
};

/** Changes to the settings. Omitted fields stay; null clears. */
export type OrganizationUpdateInput = {
  /** The number of days after which a RESOLVED ticket closes automatically: 1 to 365; null for never. */
  autoCloseResolvedAfterDays?: number | null | undefined;
  /** The increment that billed minutes are rounded up to, in minutes: 1 to 240. */
  billingIncrementMinutes?: number | null | undefined;
  /** The effect of a customer's message to a closed ticket. */
  closedTicketReply?: ClosedTicketReply | null | undefined;
  /**
   * The default currency of rates. Members' rates and the default rate are in it: changing it relabels them without converting amounts.
   *
   * Needs the permission `time.manage`.
   */
  defaultCurrency?: string | null | undefined;
  /**
   * The hourly rate if neither the entry, the company nor the member has one; null for none.
   *
   * Needs the permission `time.manage`.
   */
  defaultHourlyRate?: string | null | undefined;
  /** The signature below replies sent by e-mail, at most 5,000 characters; null for none. */
  emailSignature?: string | null | undefined;
  /** The version you read. If the current one differs, the call fails with CONFLICT. */
  expectedVersion?: number | null | undefined;
  /** The address of the logo; null for none. */
  logoUrl?: string | null | undefined;
  /** The name; can't be cleared. */
  name?: string | null | undefined;
  /** The mailbox that sends replies. */
  outboundMailboxMode?: OutboundMailboxMode | null | undefined;
  /** The brand colour; null for none. */
  primaryColor?: string | null | undefined;
  /** The number of days after closing in which a message can reopen a ticket: 0 to 365. */
  reopenWithinDays?: number | null | undefined;
  /** The prefix of codes of new tickets: 2 to 10 characters of A-Z and 0-9, starting with a letter, unique on this server. Existing codes stay. */
  ticketPrefix?: string | null | undefined;
  /** The time zone that defines a day. */
  timeZone?: string | null | undefined;
};

/** The mailbox that sends replies. */
export type OutboundMailboxMode =
  /** Always the default mailbox. */
  | 'DEFAULT'
  /** The mailbox that received the ticket. */
  | 'RECEIVING';

/** A change of the user's own password. */
export type PasswordChangeInput = {
  /** The current password. */
  currentPassword: string;
  /** The new password: 10 to 1,024 characters. */
  newPassword: string;
};

/** A permission that a role can grant. */
export type Permission =
  /** `contact.manage`: Create, change and merge contacts and companies (except rate, currency and prefix). */
  | 'CONTACT_MANAGE'
  /** `contact.view`: See all data of contacts and companies, except rates. */
  | 'CONTACT_VIEW'
  /** `integration.manage`: Manage API keys; later also webhooks and the audit log. */
  | 'INTEGRATION_MANAGE'
  /** `label.manage`: Create, change, merge and delete labels. */
  | 'LABEL_MANAGE'
  /** `mailbox.manage`: Manage mailboxes, which are not available yet. */
  | 'MAILBOX_MANAGE'
  /** `note.view`: See notes. */
  | 'NOTE_VIEW'
  /** `note.write`: Write notes. */
  | 'NOTE_WRITE'
  /** `organization.manage`: Change settings and ticket prefixes. */
  | 'ORGANIZATION_MANAGE'
  /** `report.view`: See rates, reports, money totals and exports of everyone's time (without it, of your own time). */
  | 'REPORT_VIEW'
  /** `team.manage`: Manage members, invitations and roles. */
  | 'TEAM_MANAGE'
  /** `ticket.assign`: Assign a ticket to any member, including yourself. */
  | 'TICKET_ASSIGN'
  /** `ticket.create`: Open tickets and receive messages. */
  | 'TICKET_CREATE'
  /** `ticket.delete`: Delete, restore and merge tickets; delete messages. */
  | 'TICKET_DELETE'
  /** `ticket.reply`: Write public replies. */
  | 'TICKET_REPLY'
  /** `ticket.update`: Change subject, status, priority, contact, company, labels and participants. */
  | 'TICKET_UPDATE'
  /** `ticket.view`: See tickets, their public messages, and the name and e-mail of their contacts. */
  | 'TICKET_VIEW'
  /** `time.log`: Log your own time and run a timer. */
  | 'TIME_LOG'
  /** `time.manage`: Manage rates, currencies, invoicing and other members' time entries. */
  | 'TIME_MANAGE'
  /** `view.manage`: Manage shared views (your own need no permission); views are not available yet. */
  | 'VIEW_MANAGE';

/** The queues of tickets that a frontend shows. */
export type QueueKey =
  /** All tickets. */
  | 'ALL'
  /** Done. */
  | 'CLOSED'
  /** Open and pending tickets assigned to the viewer. */
  | 'MINE'
  /** New, or being worked on. */
  | 'OPEN'
  /** Waiting for the customer or something outside. */
  | 'PENDING'
  /** Answered and awaiting confirmation. */
  | 'RESOLVED'
  /** Open and pending tickets that are unassigned. */
  | 'UNASSIGNED';

/** The source of an entry's rate. */
export type RateSource =
  /** The company's rate. */
  | 'COMPANY'
  /** The entry's own rate. */
  | 'ENTRY'
  /** The member's rate. */
  | 'MEMBER'
  /** No rate applies: the entry has no price and can't be invoiced. */
  | 'NONE'
  /** The organization's default rate. */
  | 'ORGANIZATION';

/** Compares a RateSource. All given comparators must hold. */
export type RateSourceFilter = {
  /** Equal to this value. */
  eq?: RateSource | null | undefined;
  /** Equal to one of these values; an empty list matches nothing. */
  in?: ReadonlyArray<RateSource> | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
};

/** The reach of a ticket permission: the tickets it applies to. */
export type Reach =
  /** All tickets. */
  | 'ALL'
  /** Tickets assigned to the member. */
  | 'ASSIGNED'
  /** Tickets assigned to the member, and unassigned tickets. */
  | 'AVAILABLE';

/** The session to refresh. */
export type RefreshSessionInput = {
  /** The refresh token from the last signIn or refreshSession. */
  refreshToken: string;
};

/** Time spent on the reply, logged for the viewer today. */
export type ReplyTimeEntryInput = {
  /** A description of the work, at most 2,000 characters. */
  description?: string | null | undefined;
  /** The duration: 1 minute to 24 hours. */
  duration: string | number;
  /** Whether it is billable. Default: true. */
  isBillable?: boolean | null | undefined;
};

/** A new custom role. */
export type RoleCreateInput = {
  /** A description of its purpose, at most 1,000 characters. */
  description?: string | null | undefined;
  /** The permissions that it grants; you must hold each of them yourself. */
  grants: ReadonlyArray<GrantInput>;
  /** The name, at most 200 characters, unique ignoring case. */
  name: string;
};

/** The input of `roleDelete`: the role that its members, API keys and waiting invitations get. */
export type RoleDeleteInput = {
  /** The role that its members, API keys and waiting invitations get; required if it has any. API keys get the Viewer role instead if this role is wider than the deleted one. */
  reassignTo?: RoleRef | null | undefined;
};

/** Selects roles. All given conditions must hold. */
export type RoleFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<RoleFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By name, ignoring case; contains and startsWith also ignore accents. */
  name?: TextFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: RoleFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<RoleFilter> | null | undefined;
};

/** Identifies the role. Give exactly one field. */
export type RoleRef =
  {   /** By id. */
  id: string; name?: never; }
  |  { id?: never;   /** By name, ignoring case. */
  name: string; };

/** Selects roles. All given conditions must hold. Used where another filter refers to such a row. */
export type RoleRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<RoleFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** By name, ignoring case; contains and startsWith also ignore accents. */
  name?: TextFilter | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: RoleFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<RoleFilter> | null | undefined;
};

/** Changes to a custom role. Omitted fields stay; null clears. */
export type RoleUpdateInput = {
  /** A description of its purpose. */
  description?: string | null | undefined;
  /** The version you read. If the current one differs, the call fails with CONFLICT. */
  expectedVersion?: number | null | undefined;
  /** The complete set of its permissions from now on. Permissions it already had can stay, even if you don't hold them. */
  grants?: ReadonlyArray<GrantInput> | null | undefined;
  /** The name; can't be cleared. */
  name?: string | null | undefined;
};

/** The effect of a change on a filtered set. */
export type SetChange =
  /** The object is in the set now and wasn't before. */
  | 'ENTERED'
  /** The object was in the set and no longer is: it doesn't match, was deleted, or the viewer can't see it. */
  | 'LEFT'
  /** The object was in the set and still is. */
  | 'UPDATED';

/** The credentials to sign in with. */
export type SignInInput = {
  /** The user's e-mail address. */
  email: string;
  /** The user's password. */
  password: string;
};

/** Compares text. All given comparators must hold. */
export type TextFilter = {
  /** Contains this text; % and _ are plain characters. */
  contains?: string | null | undefined;
  /** Equal to this value. */
  eq?: string | null | undefined;
  /** Equal to one of these values; an empty list matches nothing. */
  in?: ReadonlyArray<string> | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
  /** Starts with this text; % and _ are plain characters. */
  startsWith?: string | null | undefined;
};

/** The new assignee of a ticket. */
export type TicketAssignInput = {
  /** The active member to assign the ticket to; null unassigns it. Required. */
  assignee?: MemberRef | null | undefined;
  /** The version that you read. If the ticket has another version now, the call fails with CONFLICT and lists the changes since. */
  expectedVersion?: number | null | undefined;
};

/** The channel that a ticket came in through. */
export type TicketChannel =
  /** Created by an API key. */
  | 'API'
  /** Received by e-mail. */
  | 'EMAIL'
  /** Created by a member. */
  | 'MANUAL';

/** Compares a TicketChannel. All given comparators must hold. */
export type TicketChannelFilter = {
  /** Equal to this value. */
  eq?: TicketChannel | null | undefined;
  /** Equal to one of these values; an empty list matches nothing. */
  in?: ReadonlyArray<TicketChannel> | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
};

/** The customer. Give exactly one field. */
export type TicketContactInput =
  {   /** Any of the contact's addresses. */
  email: string; externalId?: never; id?: never; person?: never; }
  |  { email?: never;   /** The contact's id in another system. */
  externalId: string; id?: never; person?: never; }
  |  { email?: never; externalId?: never;   /** The contact's id. */
  id: string; person?: never; }
  |  { email?: never; externalId?: never; id?: never;   /** A person whose contact is found by address or created; doesn't need `contact.manage`. */
  person: TicketPersonInput; };

/** A new ticket. */
export type TicketCreateInput = {
  /**
   * The member to assign it to. Default: unassigned.
   *
   * Needs the permission `ticket.assign`.
   */
  assignee?: MemberRef | null | undefined;
  /** The company. Default: the contact's. */
  company?: CompanyRef | null | undefined;
  /** The customer. */
  contact: TicketContactInput;
  /** The customer's own words. They become the first message, INBOUND, and are never e-mailed. */
  description?: string | null | undefined;
  /** The id in another system, unique in the organization. */
  externalId?: string | null | undefined;
  /** The labels, at most 50. */
  labels?: ReadonlyArray<LabelRef> | null | undefined;
  /**
   * The first message to the customer, instead of a description. The ticket then starts as PENDING.
   *
   * Needs the permission `ticket.reply`.
   */
  outbound?: TicketOutboundInput | null | undefined;
  /** The priority. */
  priority?: TicketPriority | null | undefined;
  /** The subject, at most 300 characters. */
  subject: string;
};

/** Selects tickets. All given conditions must hold. */
export type TicketFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<TicketFilter> | null | undefined;
  /** By assignee; `isNull: true` finds unassigned tickets. */
  assignee?: MemberRelationFilter | null | undefined;
  /** By channel. */
  channel?: TicketChannelFilter | null | undefined;
  /** By the closing time. */
  closedAt?: DateTimeFilter | null | undefined;
  /** By code, ignoring case. */
  code?: TextFilter | null | undefined;
  /** By company. */
  company?: CompanyRelationFilter | null | undefined;
  /** By contact. */
  contact?: ContactRelationFilter | null | undefined;
  /** By the opening time. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By the id in another system, matched exactly. */
  externalId?: TextFilter | null | undefined;
  /** By the time of the first reply to the customer. */
  firstRepliedAt?: DateTimeFilter | null | undefined;
  /** By whether time was logged on it, including a running timer. */
  hasTime?: boolean | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By whether it is in the trash. Without this filter, only tickets outside the trash are listed. With it, the tickets in the trash that the viewer can restore (`ticket.delete`) are listed too. */
  isDeleted?: boolean | null | undefined;
  /** By labels. */
  labels?: LabelListFilter | null | undefined;
  /** By the time of the last public message. */
  lastActivityAt?: DateTimeFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: TicketFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<TicketFilter> | null | undefined;
  /** By priority. */
  priority?: TicketPriorityFilter | null | undefined;
  /** By the time of resolution. */
  resolvedAt?: DateTimeFilter | null | undefined;
  /** By status. */
  status?: TicketStatusFilter | null | undefined;
  /** By the last change of the ticket's own fields. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** By the time of the oldest unanswered customer message. */
  waitingSince?: DateTimeFilter | null | undefined;
};

/** The labels to add to and remove from a ticket. */
export type TicketLabelsUpdateInput = {
  /** The labels to add; a ticket has at most 50. */
  addLabels?: ReadonlyArray<LabelRef> | null | undefined;
  /** The labels to remove. */
  removeLabels?: ReadonlyArray<LabelRef> | null | undefined;
};

/** Conditions that select tickets by values that change only with the ticket itself: its own fields and the ids that it refers to. A ticket must meet all given conditions. */
export type TicketLiveFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<TicketLiveFilter> | null | undefined;
  /** By assignee; `isNull: true` finds unassigned tickets. */
  assignee?: MemberLiveRelationFilter | null | undefined;
  /** By channel. */
  channel?: TicketChannelFilter | null | undefined;
  /** By the closing time. */
  closedAt?: InstantFilter | null | undefined;
  /** By code, ignoring case. */
  code?: TextFilter | null | undefined;
  /** By company. */
  company?: CompanyLiveRelationFilter | null | undefined;
  /** By contact. */
  contact?: ContactLiveRelationFilter | null | undefined;
  /** By the opening time. */
  createdAt?: InstantFilter | null | undefined;
  /** By the id in another system, matched exactly. */
  externalId?: TextFilter | null | undefined;
  /** By the time of the first reply to the customer. */
  firstRepliedAt?: InstantFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By labels. */
  labels?: LabelLiveListFilter | null | undefined;
  /** By the time of the last public message. */
  lastActivityAt?: InstantFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: TicketLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<TicketLiveFilter> | null | undefined;
  /** By priority. */
  priority?: TicketPriorityFilter | null | undefined;
  /** By the time of resolution. */
  resolvedAt?: InstantFilter | null | undefined;
  /** By status. */
  status?: TicketStatusFilter | null | undefined;
  /** By the last change of the ticket's own fields. */
  updatedAt?: InstantFilter | null | undefined;
  /** By the time of the oldest unanswered customer message. */
  waitingSince?: InstantFilter | null | undefined;
};

/** Selects tickets by id alone. Used where another filter refers to such a row. */
export type TicketLiveRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<TicketLiveFilter> | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: TicketLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<TicketLiveFilter> | null | undefined;
};

/** A note, visible to members only. Give exactly one of bodyText and bodyHtml. */
export type TicketNoteAddInput = {
  /** The body as HTML; it is cleaned, and the plain text is derived from it. */
  bodyHtml?: string | null | undefined;
  /** The body as plain text, at most 100,000 characters. */
  bodyText?: string | null | undefined;
  /** The message's id in another system, unique in the organization, at most 200 characters. A second message with it fails with ALREADY_EXISTS, which names the first in details. Unlike an idempotency key, it doesn't expire after 24 hours. */
  externalId?: string | null | undefined;
};

/** The order of tickets: one key, then the id. */
export type TicketOrder = {
  /** The direction. */
  direction: OrderDirection;
  /** The sort key. */
  field: TicketOrderField;
};

/** The sort keys of tickets. */
export type TicketOrderField =
  /** The code; ACME-9 comes before ACME-10. */
  | 'CODE'
  /** When it was opened. */
  | 'CREATED_AT'
  /** When its last public message was written. */
  | 'LAST_ACTIVITY_AT'
  /** The priority, from LOW to URGENT. */
  | 'PRIORITY'
  /** The status, from OPEN to CLOSED. */
  | 'STATUS'
  /** When its own fields last changed. */
  | 'UPDATED_AT'
  /** When the oldest unanswered customer message was written. */
  | 'WAITING_SINCE';

/** The first message, from the team to the customer. Give exactly one of bodyText and bodyHtml. */
export type TicketOutboundInput = {
  /** The body as HTML; it is cleaned. */
  bodyHtml?: string | null | undefined;
  /** The body as plain text, at most 100,000 characters. */
  bodyText?: string | null | undefined;
  /** The addresses that get a copy, at most 20. */
  cc?: ReadonlyArray<string> | null | undefined;
  /** Whether the message is sent by e-mail. */
  sendEmail?: boolean | null | undefined;
};

/** The contacts who get a ticket's replies in addition to its own contact. */
export type TicketParticipantsUpdateInput = {
  /** The contacts to add; a ticket has at most 50 participants. */
  addParticipants?: ReadonlyArray<TicketContactInput> | null | undefined;
  /** The contacts to remove. */
  removeParticipants?: ReadonlyArray<ContactRef> | null | undefined;
};

/** A customer by name and address. The contact with this address is used; without one, it is created. */
export type TicketPersonInput = {
  /** The e-mail address. */
  email: string;
  /** The name of a new contact; an existing contact keeps its name. Default: the address's local part. */
  name?: string | null | undefined;
};

/** The priority of a ticket. */
export type TicketPriority =
  /** To be answered soon (shown in orange). */
  | 'HIGH'
  /** Can wait (shown in grey). */
  | 'LOW'
  /** The default (shown in blue). */
  | 'NORMAL'
  /** To be answered now (shown in red). */
  | 'URGENT';

/** Compares a TicketPriority. All given comparators must hold. */
export type TicketPriorityFilter = {
  /** Equal to this value. */
  eq?: TicketPriority | null | undefined;
  /** Equal to one of these values; an empty list matches nothing. */
  in?: ReadonlyArray<TicketPriority> | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
};

/** Identifies the ticket. Give exactly one field. */
export type TicketRef =
  {   /** By code such as `ACME-42`, ignoring case. The code of a merged ticket finds the kept one. */
  code: string; externalId?: never; id?: never; }
  |  { code?: never;   /** By its id in another system. */
  externalId: string; id?: never; }
  |  { code?: never; externalId?: never;   /** By id: exactly this ticket, even if it was merged; a merged ticket can be read but not changed. */
  id: string; };

/** Selects tickets. All given conditions must hold. Used where another filter refers to such a row. */
export type TicketRelationFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<TicketFilter> | null | undefined;
  /** By assignee; `isNull: true` finds unassigned tickets. */
  assignee?: MemberRelationFilter | null | undefined;
  /** By channel. */
  channel?: TicketChannelFilter | null | undefined;
  /** By the closing time. */
  closedAt?: DateTimeFilter | null | undefined;
  /** By code, ignoring case. */
  code?: TextFilter | null | undefined;
  /** By company. */
  company?: CompanyRelationFilter | null | undefined;
  /** By contact. */
  contact?: ContactRelationFilter | null | undefined;
  /** By the opening time. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By the id in another system, matched exactly. */
  externalId?: TextFilter | null | undefined;
  /** By the time of the first reply to the customer. */
  firstRepliedAt?: DateTimeFilter | null | undefined;
  /** By whether time was logged on it, including a running timer. */
  hasTime?: boolean | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By whether it is in the trash. Without this filter, only tickets outside the trash are listed. With it, the tickets in the trash that the viewer can restore (`ticket.delete`) are listed too. */
  isDeleted?: boolean | null | undefined;
  /** If true, matches rows without a related row; if false, rows with one. */
  isNull?: boolean | null | undefined;
  /** By labels. */
  labels?: LabelListFilter | null | undefined;
  /** By the time of the last public message. */
  lastActivityAt?: DateTimeFilter | null | undefined;
  /** Matches if a related row exists and this condition doesn't hold for it. */
  not?: TicketFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<TicketFilter> | null | undefined;
  /** By priority. */
  priority?: TicketPriorityFilter | null | undefined;
  /** By the time of resolution. */
  resolvedAt?: DateTimeFilter | null | undefined;
  /** By status. */
  status?: TicketStatusFilter | null | undefined;
  /** By the last change of the ticket's own fields. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** By the time of the oldest unanswered customer message. */
  waitingSince?: DateTimeFilter | null | undefined;
};

/** A public reply. Give exactly one of bodyText and bodyHtml. */
export type TicketReplyInput = {
  /** Whether an unassigned ticket is assigned to the writer. */
  assign?: boolean | null | undefined;
  /** The body as HTML; it is cleaned, and the plain text is derived from it. */
  bodyHtml?: string | null | undefined;
  /** The body as plain text, at most 100,000 characters. */
  bodyText?: string | null | undefined;
  /** The addresses that get a copy, at most 20. */
  cc?: ReadonlyArray<string> | null | undefined;
  /** The message's id in another system, unique in the organization, at most 200 characters. A second message with it fails with ALREADY_EXISTS, which names the first in details. Unlike an idempotency key, it doesn't expire after 24 hours. */
  externalId?: string | null | undefined;
  /** The last public message that the writer has read. If there are newer ones, the call fails with CONFLICT and lists them in details. */
  ifLastMessageId?: string | null | undefined;
  /** Whether the message is sent by e-mail. */
  sendEmail?: boolean | null | undefined;
  /**
   * The ticket's new status. Default: an OPEN ticket becomes PENDING, others keep their status. Required on a CLOSED ticket.
   *
   * Needs the permission `ticket.update`.
   */
  status?: TicketStatus | null | undefined;
  /**
   * Time to log with the reply, for example to send, resolve and log 15 minutes in one request.
   *
   * Needs the permission `time.log`.
   */
  timeEntry?: ReplyTimeEntryInput | null | undefined;
};

/** The status of a ticket. */
export type TicketStatus =
  /** Done and archived. */
  | 'CLOSED'
  /** New, or being worked on. */
  | 'OPEN'
  /** Waiting for the customer or something outside. */
  | 'PENDING'
  /** Answered and awaiting confirmation. */
  | 'RESOLVED';

/** Compares a TicketStatus. All given comparators must hold. */
export type TicketStatusFilter = {
  /** Equal to this value. */
  eq?: TicketStatus | null | undefined;
  /** Equal to one of these values; an empty list matches nothing. */
  in?: ReadonlyArray<TicketStatus> | null | undefined;
  /** If true, matches a missing value; if false, matches any value. */
  isNull?: boolean | null | undefined;
};

/** The new status of a ticket. */
export type TicketStatusSetInput = {
  /** The version that you read. If the ticket has another version now, the call fails with CONFLICT and lists the changes since. */
  expectedVersion?: number | null | undefined;
  /** When a PENDING ticket becomes OPEN again automatically; null: never. Default: never, or unchanged if the ticket is PENDING already. */
  pendingUntil?: string | null | undefined;
  /** The status: any later one, or back to OPEN. */
  status: TicketStatus;
};

/** The changes to a ticket. A field that is left out stays as it is; null clears it. */
export type TicketUpdateInput = {
  /** The labels to add; a ticket has at most 50. */
  addLabels?: ReadonlyArray<LabelRef> | null | undefined;
  /** The company; null removes it. */
  company?: CompanyRef | null | undefined;
  /** The customer; can't be cleared. */
  contact?: ContactRef | null | undefined;
  /** The version that you read. If the ticket has another version now, the call fails with CONFLICT and lists the changes since. */
  expectedVersion?: number | null | undefined;
  /** The id in another system; null clears it. */
  externalId?: string | null | undefined;
  /**
   * Whether the ticket's time entries that are on no invoice also move to the ticket's company. They are repriced by the usual rates, except entries with their own rate. Default: false; logged time stays as it was.
   *
   * Needs the permission `time.manage`.
   */
  moveTimeEntries?: boolean | null | undefined;
  /** The priority; can't be cleared. */
  priority?: TicketPriority | null | undefined;
  /** The labels to remove. */
  removeLabels?: ReadonlyArray<LabelRef> | null | undefined;
  /** The subject, at most 300 characters; can't be cleared. */
  subject?: string | null | undefined;
};

/** The changes to make to all the tickets. A field that is left out stays as it is. */
export type TicketsBulkUpdateInput = {
  /**
   * The labels to add.
   *
   * Needs the permission `ticket.update`.
   */
  addLabels?: ReadonlyArray<LabelRef> | null | undefined;
  /**
   * The active member to assign them to; null unassigns them.
   *
   * Needs the permission `ticket.assign`.
   */
  assignee?: MemberRef | null | undefined;
  /**
   * Whether to move them to the trash (true) or restore them (false). With false, only tickets in the trash are found.
   *
   * Needs the permission `ticket.delete`.
   */
  isDeleted?: boolean | null | undefined;
  /** How an error in one ticket is treated. */
  mode?: BulkMode | null | undefined;
  /**
   * The priority to set.
   *
   * Needs the permission `ticket.update`.
   */
  priority?: TicketPriority | null | undefined;
  /**
   * The labels to remove.
   *
   * Needs the permission `ticket.update`.
   */
  removeLabels?: ReadonlyArray<LabelRef> | null | undefined;
  /**
   * The status to set.
   *
   * Needs the permission `ticket.update`.
   */
  status?: TicketStatus | null | undefined;
};

/** The time entries to invoice, and the invoice. */
export type TimeEntriesInvoiceInput = {
  /** Whether to allow entries of several companies or currencies on this invoice. Default: false. */
  allowMixed?: boolean | null | undefined;
  /** Whether to only show what would be invoiced, changing nothing. Default: false. */
  dryRun?: boolean | null | undefined;
  /** The count and sums shown by a dry run. If they changed since, the call fails with CONFLICT and the current ones. Required unless this is a dry run. */
  expected?: ExpectedTotalsInput | null | undefined;
  /** The matching billable entries that aren't on an invoice yet, at most 5,000. Give exactly one of filter and ids. */
  filter?: TimeEntryFilter | null | undefined;
  /** The ids of the entries, at most 5,000. Give exactly one of filter and ids. */
  ids?: ReadonlyArray<string> | null | undefined;
  /** The date of the invoice. Default: that of the entries already on it, otherwise today in the organization's time zone. */
  invoicedOn?: string | null | undefined;
  /** The invoice's number or name, at most 100 characters. */
  reference: string;
};

/** The time entries to reprice at the current rates. */
export type TimeEntriesRepriceInput = {
  /** Whether to preview the changes without making them. Default: false. */
  dryRun?: boolean | null | undefined;
  /** The matching finished entries, at most 5,000. Give exactly one of filter and ids. */
  filter?: TimeEntryFilter | null | undefined;
  /** The ids of the entries, at most 5,000. Give exactly one of filter and ids. */
  ids?: ReadonlyArray<string> | null | undefined;
};

/** The invoice to cancel. */
export type TimeEntriesUninvoiceInput = {
  /** The reason, at most 500 characters; kept in the change log. */
  reason: string;
  /** The invoice's number or name. */
  reference: string;
};

/** Finished work to log. */
export type TimeEntryCreateInput = {
  /** A description of the work, at most 2,000 characters. */
  description?: string | null | undefined;
  /** The duration: 1 minute to 24 hours. */
  duration: string | number;
  /** Whether it is billable. Default: true. */
  isBillable?: boolean | null | undefined;
  /** The member whose time it is; another member's needs `time.manage`. Default: the viewer. An API key must name a member. */
  member?: MemberRef | null | undefined;
  /** The reply or note on the ticket that it belongs to. */
  messageId?: string | null | undefined;
  /**
   * The hourly rate in the currency of the ticket's company, otherwise of the organization; at most 8 digits and 4 decimals. Default: the first one set of the company's, the member's and the organization's rate.
   *
   * Needs the permission `time.manage`.
   */
  rate?: string | null | undefined;
  /** The day of the work, not later than today anywhere on earth. Default: today in the organization's time zone. */
  workedOn?: string | null | undefined;
};

/** Selects time entries. All given conditions must hold. */
export type TimeEntryFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<TimeEntryFilter> | null | undefined;
  /** By the company that the ticket had when the time was logged. */
  company?: CompanyRelationFilter | null | undefined;
  /** By the contact that the ticket had when the time was logged. */
  contact?: ContactRelationFilter | null | undefined;
  /** By the time of logging; for a timer, by the time of its start. */
  createdAt?: DateTimeFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By the exact invoice reference. */
  invoiceReference?: TextFilter | null | undefined;
  /** By whether it is billable. */
  isBillable?: boolean | null | undefined;
  /** By whether it is on an invoice. */
  isInvoiced?: boolean | null | undefined;
  /** By whether its timer is running. */
  isRunning?: boolean | null | undefined;
  /** By the member whose time it is; `{isMe: true}` matches the viewer's. */
  member?: MemberRelationFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: TimeEntryFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<TimeEntryFilter> | null | undefined;
  /**
   * By the source of the rate; NONE matches entries that still need one.
   *
   * Needs the permission `report.view` or `time.manage` or `team.manage`.
   */
  rateSource?: RateSourceFilter | null | undefined;
  /** By the ticket as it is now, including its labels: `{labels: {some: {name: {eq: "VIP"}}}}`. Tickets in the trash match too; isNull: true matches entries of purged tickets. */
  ticket?: TicketRelationFilter | null | undefined;
  /** By the ticket's code when the time was logged, ignoring case; also matches purged and merged tickets. */
  ticketCode?: TextFilter | null | undefined;
  /** By the time of the last change. */
  updatedAt?: DateTimeFilter | null | undefined;
  /** By the day of the work. */
  workedOn?: DateFilter | null | undefined;
};

/** Conditions that select time entries by values that change only with the entry itself. An entry must meet all given conditions. */
export type TimeEntryLiveFilter = {
  /** Matches if all of these conditions hold. */
  and?: ReadonlyArray<TimeEntryLiveFilter> | null | undefined;
  /** By the company. */
  company?: CompanyLiveRelationFilter | null | undefined;
  /** By id. */
  id?: IdFilter | null | undefined;
  /** By whether it is billable. */
  isBillable?: boolean | null | undefined;
  /** By the member whose time it is. */
  member?: MemberLiveRelationFilter | null | undefined;
  /** Matches if this condition doesn't hold; a missing value matches. */
  not?: TimeEntryLiveFilter | null | undefined;
  /** Matches if at least one of these conditions holds. */
  or?: ReadonlyArray<TimeEntryLiveFilter> | null | undefined;
  /** By the ticket. */
  ticket?: TicketLiveRelationFilter | null | undefined;
};

/** The order of time entries: one key, then the id. */
export type TimeEntryOrder = {
  /** The direction. */
  direction: OrderDirection;
  /** The sort key. */
  field: TimeEntryOrderField;
};

/** The sort keys of time entries. */
export type TimeEntryOrderField =
  /** When it was logged or started. */
  | 'CREATED_AT'
  /** The day of the work. */
  | 'WORKED_ON';

/** Changes to a time entry; omitted fields stay. The rate stays frozen unless a field says otherwise. */
export type TimeEntryUpdateInput = {
  /**
   * The company it is billed to, independent of the ticket's. The entry is repriced by the usual rates unless it has a rate of its own. null: no company.
   *
   * Needs the permission `time.manage`.
   */
  company?: CompanyRef | null | undefined;
  /** A description of the work, at most 2,000 characters. "" clears it. */
  description?: string | null | undefined;
  /** The duration: 1 minute to 24 hours. Giving it stops a running timer. */
  duration?: string | number | null | undefined;
  /** The version you read. If the current one differs, the call fails with CONFLICT and lists what changed since. */
  expectedVersion?: number | null | undefined;
  /** Whether it is billable. */
  isBillable?: boolean | null | undefined;
  /**
   * The hourly rate in the currency of the ticket's company, otherwise of the organization; at most 8 digits and 4 decimals. null prices it by the current rates.
   *
   * Needs the permission `time.manage`.
   */
  rate?: string | null | undefined;
  /** The ticket it belongs to. The entry takes that ticket's company and its rate. */
  ticket?: TicketRef | null | undefined;
  /** The day of the work; a running timer's can't be changed. */
  workedOn?: string | null | undefined;
};

/** A grouping key of a time report. */
export type TimeReportGroupBy =
  /** The company that the ticket had when the time was logged. */
  | 'COMPANY'
  /** The day of the work. */
  | 'DAY'
  /** The labels that the ticket has now. An entry counts in the group of each label, but only once in the totals. */
  | 'LABEL'
  /** The member whose time it is. */
  | 'MEMBER'
  /** The month of the work. */
  | 'MONTH'
  /** The ticket, by its code when the time was logged. */
  | 'TICKET'
  /** The week of the work (ISO 8601, starting on Monday). */
  | 'WEEK';

/** The order of time report groups: one key, then the id. */
export type TimeReportGroupOrder = {
  /** The direction. */
  direction: OrderDirection;
  /** The sort key. */
  field: TimeReportGroupOrderField;
};

/** The sort keys of time report groups. */
export type TimeReportGroupOrderField =
  /** By the amount in the organization's default currency; groups without such an amount sort below zero. */
  | 'AMOUNT'
  /** By the sum of billed minutes. */
  | 'BILLED_MINUTES'
  /** By the sum of durations. */
  | 'MINUTES'
  /** By the displayed keys, in the order of groupBy and ignoring case; days, weeks and months chronologically. */
  | 'NAME';

/** The kinds of items in a timeline. */
export type TimelineKind =
  /** The ticket was assigned or unassigned. */
  | 'ASSIGNEE'
  /** The ticket's company changed or was removed. */
  | 'COMPANY'
  /** The ticket's contact changed. */
  | 'CONTACT'
  /** The ticket was opened. */
  | 'CREATED'
  /** Labels were added or removed. */
  | 'LABELS'
  /** Another ticket was merged into this one, or this one into another. */
  | 'MERGE'
  /** A reply, a customer's message or a note. */
  | 'MESSAGE'
  /** Participants were added or removed. */
  | 'PARTICIPANTS'
  /** The ticket's priority changed. */
  | 'PRIORITY'
  /** The ticket's status changed. */
  | 'STATUS'
  /** The ticket's subject changed. */
  | 'SUBJECT'
  /** The ticket was moved to the trash or restored. */
  | 'TRASH';

/** The input of `timerStart`. */
export type TimerStartInput = {
  /** A description of the work, at most 2,000 characters. */
  description?: string | null | undefined;
  /** Whether it is billable. Default: true. */
  isBillable?: boolean | null | undefined;
  /** When it started: at most 12 hours ago, even if that was yesterday, and not in the future. Default: now. */
  startedAt?: string | null | undefined;
};

/** Corrections to the timer's values; a field that is left out stays as it is. */
export type TimerStopInput = {
  /** A description of the work, at most 2,000 characters. */
  description?: string | null | undefined;
  /** The time actually worked. Default: the time since the start, rounded up to whole minutes. Required after 10 hours. */
  duration?: string | number | null | undefined;
  /** Whether it is billable. */
  isBillable?: boolean | null | undefined;
};

/** The handling of a refused row among many. */
export type UpsertMode =
  /** Nothing is written, and the error names the row. */
  | 'ALL_OR_NOTHING'
  /** The other rows are written, and each result has the outcome of its row. */
  | 'PER_ROW';

/** The outcome of an upsert. */
export type UpsertOutcome =
  /** The object didn't exist and was created. */
  | 'CREATED'
  /** The row was refused and nothing of it was written; `error` has the reason. Only with the mode PER_ROW. */
  | 'FAILED'
  /** The object existed and already matched; nothing was written. */
  | 'UNCHANGED'
  /** The object existed, differed and was updated. */
  | 'UPDATED';

/** Changes to your own profile in this organization. */
export type ViewerUpdateInput = {
  /** The name that colleagues see; can't be cleared. */
  name?: string | null | undefined;
};

export type ApiKeysQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiKeysQuery = {
  /**
   * The organization's API keys, including revoked ones, newest first; at most 500.
   *
   * Needs the permission `integration.manage`.
   *
   * Errors: FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  apiKeys: Array<{
    /** The global id. */
    id: string;
    /** The name of the program or purpose it is for. */
    name: string;
    /**
     * The first characters of the key, to tell keys apart; null without the permission.
     *
     * Needs the permission `integration.manage`.
     */
    prefix: string | null;
    /**
     * The role that says what it can do; null without the permission.
     *
     * Needs the permission `integration.manage`.
     */
    role: {
      /** The global id. */
      id: string;
      /** The name, unique ignoring case. */
      name: string;
    } | null;
    /**
     * When it stops working; null if it never does, or without the permission.
     *
     * Needs the permission `integration.manage`.
     */
    expiresAt: string | null;
    /**
     * When it was last used, to the minute; null if never, or without the permission.
     *
     * Needs the permission `integration.manage`.
     */
    lastUsedAt: string | null;
    /**
     * When it was revoked; null if it wasn't, or without the permission.
     *
     * Needs the permission `integration.manage`.
     */
    revokedAt: string | null;
    /**
     * Whether it should be reviewed, because its creator left, was deactivated or no longer holds all of its permissions; null without the permission.
     *
     * Needs the permission `integration.manage`.
     */
    needsReview: boolean | null;
    /** When it was created. */
    createdAt: string;
  }>;
};

export type ApiKeyCreateMutationVariables = Exact<{
  input: ApiKeyCreateInput;
}>;


export type ApiKeyCreateMutation = {
  /**
   * Creates an API key. Only this answer has the secret: a repeated request (Idempotency-Key) gets the key without it.
   *
   * Needs the permission `integration.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  apiKeyCreate: {
    /** The key's record. */
    apiKey: {
      /** The global id. */
      id: string;
      /** The name of the program or purpose it is for. */
      name: string;
      /**
       * The first characters of the key, to tell keys apart; null without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      prefix: string | null;
      /**
       * The role that says what it can do; null without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      } | null;
      /**
       * When it stops working; null if it never does, or without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      expiresAt: string | null;
      /**
       * When it was last used, to the minute; null if never, or without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      lastUsedAt: string | null;
      /**
       * When it was revoked; null if it wasn't, or without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      revokedAt: string | null;
      /**
       * Whether it should be reviewed, because its creator left, was deactivated or no longer holds all of its permissions; null without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      needsReview: boolean | null;
      /** When it was created. */
      createdAt: string;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The key itself, for `Authorization: Bearer`. Keep it safe: it is never shown again. Null in a repeated answer. */
    secret: string | null;
  } | null;
};

export type ApiKeyRevokeMutationVariables = Exact<{
  id: string;
}>;


export type ApiKeyRevokeMutation = {
  /**
   * Revokes an API key: it stops working from the next request on and can't be restored.
   *
   * Needs the permission `integration.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  apiKeyRevoke: {
    /** The key's record. */
    apiKey: {
      /** The global id. */
      id: string;
      /** The name of the program or purpose it is for. */
      name: string;
      /**
       * The first characters of the key, to tell keys apart; null without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      prefix: string | null;
      /**
       * The role that says what it can do; null without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      } | null;
      /**
       * When it stops working; null if it never does, or without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      expiresAt: string | null;
      /**
       * When it was last used, to the minute; null if never, or without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      lastUsedAt: string | null;
      /**
       * When it was revoked; null if it wasn't, or without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      revokedAt: string | null;
      /**
       * Whether it should be reviewed, because its creator left, was deactivated or no longer holds all of its permissions; null without the permission.
       *
       * Needs the permission `integration.manage`.
       */
      needsReview: boolean | null;
      /** When it was created. */
      createdAt: string;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
  } | null;
};

export type ChangesQueryVariables = Exact<{
  after: string;
  first?: number | null | undefined;
  kinds?: ReadonlyArray<ChangeKind> | ChangeKind | null | undefined;
}>;


export type ChangesQuery = { changes: { cursor: string, hasMore: boolean, nodes: Array<{ cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, subject:
        | { __typename: 'ApiKey', id: string }
        | { __typename: 'Company', id: string, name: string, domains: Array<string> | null, currency: string | null, ticketPrefix: string | null, notes: string | null, externalId: string | null, isArchived: boolean | null, createdAt: string, updatedAt: string, version: number, hourlyRate: { amount: string, currency: string } | null }
        | { __typename: 'Contact', id: string, name: string, email: string | null, otherEmails: Array<string> | null, otherPhones: Array<string> | null, phone: string | null, notes: string | null, externalId: string | null, isBlocked: boolean | null, isAnonymous: boolean, createdAt: string, updatedAt: string, version: number, company: { id: string, name: string } | null }
        | { __typename: 'Invitation', id: string }
        | { __typename: 'Label', name: string, color: string, id: string }
        | { __typename: 'Member', name: string, isActive: boolean, id: string }
        | { __typename: 'Message', id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , delivery: { state: DeliveryState } }
        | { __typename: 'Organization', id: string }
        | { __typename: 'Role', name: string, id: string }
        | { __typename: 'Ticket', id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> }
        | { __typename: 'TimeEntry', id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null }
       | null, actor:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> }> } };

export type ChangesLiveSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  kinds?: ReadonlyArray<ChangeKind> | ChangeKind | null | undefined;
}>;


export type ChangesLiveSubscription = { changes: { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, subject:
      | { __typename: 'ApiKey', id: string }
      | { __typename: 'Company', id: string, name: string, domains: Array<string> | null, currency: string | null, ticketPrefix: string | null, notes: string | null, externalId: string | null, isArchived: boolean | null, createdAt: string, updatedAt: string, version: number, hourlyRate: { amount: string, currency: string } | null }
      | { __typename: 'Contact', id: string, name: string, email: string | null, otherEmails: Array<string> | null, otherPhones: Array<string> | null, phone: string | null, notes: string | null, externalId: string | null, isBlocked: boolean | null, isAnonymous: boolean, createdAt: string, updatedAt: string, version: number, company: { id: string, name: string } | null }
      | { __typename: 'Invitation', id: string }
      | { __typename: 'Label', name: string, color: string, id: string }
      | { __typename: 'Member', name: string, isActive: boolean, id: string }
      | { __typename: 'Message', id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
          | { __typename: 'ApiKey', id: string, name: string }
          | { __typename: 'Contact', id: string, name: string }
          | { __typename: 'Member', id: string, name: string }
          | { __typename: 'System', id: string, name: string }
        , delivery: { state: DeliveryState } }
      | { __typename: 'Organization', id: string }
      | { __typename: 'Role', name: string, id: string }
      | { __typename: 'Ticket', id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> }
      | { __typename: 'TimeEntry', id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null }
     | null, actor:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> } };

export type CompaniesQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: CompanyFilter | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  orderBy?: CompanyOrder | null | undefined;
}>;


export type CompaniesQuery = {
  /**
   * Lists the organization's companies, by name unless `orderBy` is given.
   *
   * Needs the permission `contact.view`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companies: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
      /**
       * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      domains: Array<string> | null;
      /**
       * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The currency; null when the organization's default applies, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      currency: string | null;
      /**
       * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      ticketPrefix: string | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether it is archived, which keeps it for its history; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isArchived: boolean | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    }>;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** Whether rows come before this page. */
      hasPreviousPage: boolean;
      /** The cursor of the first row; null on an empty page. */
      startCursor: string | null;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
  };
};

export type CompanyQueryVariables = Exact<{
  by: CompanyRef;
}>;


export type CompanyQuery = {
  /**
   * Returns one company. With `ticket.view` but without `contact.view`, only companies of tickets that the viewer can see are found.
   *
   * Errors: NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  company: {
    /** The global id. */
    id: string;
    /** The name. */
    name: string;
    /**
     * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    domains: Array<string> | null;
    /**
     * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    hourlyRate: {
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    } | null;
    /**
     * The currency; null when the organization's default applies, or if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    currency: string | null;
    /**
     * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    ticketPrefix: string | null;
    /**
     * The team's notes; null when there are none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    notes: string | null;
    /**
     * The id in another system; null when there is none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    externalId: string | null;
    /**
     * Whether it is archived, which keeps it for its history; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    isArchived: boolean | null;
    /** When it was created. */
    createdAt: string;
    /** When it last changed. */
    updatedAt: string;
    /** The version, which counts its changes. */
    version: number;
  } | null;
};

export type CompaniesUpsertMutationVariables = Exact<{
  input: ReadonlyArray<CompanyUpsertInput> | CompanyUpsertInput;
  mode?: UpsertMode | null | undefined;
}>;


export type CompaniesUpsertMutation = {
  /**
   * Creates or updates up to 100 companies, each as `companyUpsert` does; all or nothing unless `mode` says otherwise.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, DOMAIN_TAKEN, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, PUBLIC_DOMAIN, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companiesUpsert: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The result for each item, in the order of the input. */
    results: Array<{
      /** The object as it is now; null if the viewer can't see it, or if this is a repeated answer and the object was deleted in the meantime. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
        /**
         * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        domains: Array<string> | null;
        /**
         * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
         *
         * Needs the permission `report.view` or `time.manage` or `team.manage`.
         */
        hourlyRate: {
          /** The amount. */
          amount: string;
          /** The currency. */
          currency: string;
        } | null;
        /**
         * The currency; null when the organization's default applies, or if the viewer lacks the permission.
         *
         * Needs the permission `report.view` or `time.manage` or `team.manage`.
         */
        currency: string | null;
        /**
         * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        ticketPrefix: string | null;
        /**
         * The team's notes; null when there are none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        notes: string | null;
        /**
         * The id in another system; null when there is none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        externalId: string | null;
        /**
         * Whether it is archived, which keeps it for its history; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        isArchived: boolean | null;
        /** When it was created. */
        createdAt: string;
        /** When it last changed. */
        updatedAt: string;
        /** The version, which counts its changes. */
        version: number;
      } | null;
      /** The error; null if the row was written. */
      error: {
        /** The error code, as for an error of the whole call. */
        code: ErrorCode;
        /** Machine-readable details, such as the `contactId` of the contact that has the address; null if there are none. */
        details: unknown | null;
        /** The message: what is wrong, the rule, and what to do. The answer to a repeated Idempotency-Key leaves it out, because it can name people. */
        message: string;
      } | null;
      /** The outcome. */
      outcome: UpsertOutcome;
    }>;
  } | null;
};

export type CompanyArchiveMutationVariables = Exact<{
  company: CompanyRef;
  isArchived?: boolean | null | undefined;
}>;


export type CompanyArchiveMutation = {
  /**
   * Archives a company, or restores it. The domains of an archived company link no new contacts; its history stays.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companyArchive: {
    /** The company; null when the viewer can't see it. */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
      /**
       * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      domains: Array<string> | null;
      /**
       * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The currency; null when the organization's default applies, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      currency: string | null;
      /**
       * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      ticketPrefix: string | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether it is archived, which keeps it for its history; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isArchived: boolean | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
  } | null;
};

export type CompanyCreateMutationVariables = Exact<{
  input: CompanyCreateInput;
}>;


export type CompanyCreateMutation = {
  /**
   * Creates a company and links the contacts of its domains.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, DOMAIN_TAKEN, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, PUBLIC_DOMAIN, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companyCreate: {
    /** The company; null when the viewer can't see it. */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
      /**
       * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      domains: Array<string> | null;
      /**
       * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The currency; null when the organization's default applies, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      currency: string | null;
      /**
       * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      ticketPrefix: string | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether it is archived, which keeps it for its history; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isArchived: boolean | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
  } | null;
};

export type CompanyDeleteMutationVariables = Exact<{
  company: CompanyRef;
}>;


export type CompanyDeleteMutation = {
  /**
   * Deletes a company that has no tickets and no logged time. Archive or merge any other company instead.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: COMPANY_HAS_TICKETS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companyDelete: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the deleted company. */
    deletedCompanyId: string;
  } | null;
};

export type CompanyMergeMutationVariables = Exact<{
  company: CompanyRef;
  into: CompanyRef;
}>;


export type CompanyMergeMutation = {
  /**
   * Merges a company into another: moves its domains, contacts, tickets and notes to the kept company, which also takes over values that it lacks, and deletes the merged one. From then on the merged company's id and externalId find the kept one.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companyMerge: {
    /** The company; null when the viewer can't see it. */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
      /**
       * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      domains: Array<string> | null;
      /**
       * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The currency; null when the organization's default applies, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      currency: string | null;
      /**
       * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      ticketPrefix: string | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether it is archived, which keeps it for its history; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isArchived: boolean | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the company that was merged and deleted. */
    deletedCompanyId: string;
    /** The kept value of each field that at least one of the two had; empty if the same merge is repeated. After the merge, the merged one's id and externalId find the kept one: in references, upserts and `node`, but not in filters. */
    kept: Array<{
      /** The field: name, emails, phones, notes, externalId, company, domains, hourlyRate, currency, ticketPrefix, color or description. */
      field: string;
      /** The side whose value stays. */
      from: MergeSource;
      /** Whether the merged one had a different value, which isn't kept. */
      isOtherDropped: boolean;
    }>;
  } | null;
};

export type CompanyUpdateMutationVariables = Exact<{
  company: CompanyRef;
  input: CompanyUpdateInput;
}>;


export type CompanyUpdateMutation = {
  /**
   * Changes a company. Contacts follow its domains, except those that a person linked or unlinked by hand.
   *
   * Needs the permission `contact.manage` or `time.manage` or `organization.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, DOMAIN_TAKEN, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, PUBLIC_DOMAIN, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companyUpdate: {
    /** The company; null when the viewer can't see it. */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
      /**
       * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      domains: Array<string> | null;
      /**
       * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The currency; null when the organization's default applies, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      currency: string | null;
      /**
       * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      ticketPrefix: string | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether it is archived, which keeps it for its history; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isArchived: boolean | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
  } | null;
};

export type CompanyUpsertMutationVariables = Exact<{
  input: CompanyUpsertInput;
}>;


export type CompanyUpsertMutation = {
  /**
   * Finds a company and updates it to the given values, or creates it. Repeating the call changes nothing.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, DOMAIN_TAKEN, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, PUBLIC_DOMAIN, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companyUpsert: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The result for each item, in the order of the input. */
    results: Array<{
      /** The object as it is now; null if the viewer can't see it, or if this is a repeated answer and the object was deleted in the meantime. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
        /**
         * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        domains: Array<string> | null;
        /**
         * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
         *
         * Needs the permission `report.view` or `time.manage` or `team.manage`.
         */
        hourlyRate: {
          /** The amount. */
          amount: string;
          /** The currency. */
          currency: string;
        } | null;
        /**
         * The currency; null when the organization's default applies, or if the viewer lacks the permission.
         *
         * Needs the permission `report.view` or `time.manage` or `team.manage`.
         */
        currency: string | null;
        /**
         * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        ticketPrefix: string | null;
        /**
         * The team's notes; null when there are none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        notes: string | null;
        /**
         * The id in another system; null when there is none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        externalId: string | null;
        /**
         * Whether it is archived, which keeps it for its history; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        isArchived: boolean | null;
        /** When it was created. */
        createdAt: string;
        /** When it last changed. */
        updatedAt: string;
        /** The version, which counts its changes. */
        version: number;
      } | null;
      /** The outcome. */
      outcome: UpsertOutcome;
    }>;
  } | null;
};

export type ContactQueryVariables = Exact<{
  by: ContactRef;
}>;


export type ContactQuery = {
  /**
   * Returns one contact. With `ticket.view` but without `contact.view`, only contacts of tickets that the viewer can see are found.
   *
   * Errors: NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contact: {
    /** The global id. */
    id: string;
    /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
    name: string;
    /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
    email: string | null;
    /**
     * The further addresses; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    otherEmails: Array<string> | null;
    /**
     * The further phone numbers; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    otherPhones: Array<string> | null;
    /**
     * The primary phone number; null when unknown or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    phone: string | null;
    /**
     * The contact's company; null when there is none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
    } | null;
    /**
     * The team's notes; null when there are none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    notes: string | null;
    /**
     * The id in another system; null when there is none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    externalId: string | null;
    /**
     * Whether its messages are refused; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    isBlocked: boolean | null;
    /** Whether its name and addresses were erased. */
    isAnonymous: boolean;
    /** When it was created. */
    createdAt: string;
    /** When it last changed. */
    updatedAt: string;
    /** The version, which counts its changes; use it as `expectedVersion`. */
    version: number;
  } | null;
};

export type ContactsQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: ContactFilter | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  orderBy?: ContactOrder | null | undefined;
}>;


export type ContactsQuery = {
  /**
   * Lists the organization's contacts, by name unless `orderBy` is given.
   *
   * Needs the permission `contact.view`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contacts: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
      name: string;
      /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
      email: string | null;
      /**
       * The further addresses; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherEmails: Array<string> | null;
      /**
       * The further phone numbers; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherPhones: Array<string> | null;
      /**
       * The primary phone number; null when unknown or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      phone: string | null;
      /**
       * The contact's company; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether its messages are refused; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isBlocked: boolean | null;
      /** Whether its name and addresses were erased. */
      isAnonymous: boolean;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes; use it as `expectedVersion`. */
      version: number;
    }>;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** Whether rows come before this page. */
      hasPreviousPage: boolean;
      /** The cursor of the first row; null on an empty page. */
      startCursor: string | null;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
  };
};

export type ContactAnonymizeMutationVariables = Exact<{
  contact: ContactRef;
}>;


export type ContactAnonymizeMutation = {
  /**
   * Erases a contact's name, addresses, phone numbers, notes and externalId, also in the change log and in the envelopes of its messages. Its tickets and their messages stay. If you give the id of a merged contact, the contact that it was merged into is erased. This can't be undone.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contactAnonymize: {
    /** The contact; null when the viewer can't see it. */
    contact: {
      /** The global id. */
      id: string;
      /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
      name: string;
      /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
      email: string | null;
      /**
       * The further addresses; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherEmails: Array<string> | null;
      /**
       * The further phone numbers; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherPhones: Array<string> | null;
      /**
       * The primary phone number; null when unknown or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      phone: string | null;
      /**
       * The contact's company; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether its messages are refused; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isBlocked: boolean | null;
      /** Whether its name and addresses were erased. */
      isAnonymous: boolean;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes; use it as `expectedVersion`. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
  } | null;
};

export type ContactCreateMutationVariables = Exact<{
  input: ContactCreateInput;
}>;


export type ContactCreateMutation = {
  /**
   * Creates a contact and links it to the company of its address's domain.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contactCreate: {
    /** The contact; null when the viewer can't see it. */
    contact: {
      /** The global id. */
      id: string;
      /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
      name: string;
      /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
      email: string | null;
      /**
       * The further addresses; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherEmails: Array<string> | null;
      /**
       * The further phone numbers; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherPhones: Array<string> | null;
      /**
       * The primary phone number; null when unknown or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      phone: string | null;
      /**
       * The contact's company; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether its messages are refused; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isBlocked: boolean | null;
      /** Whether its name and addresses were erased. */
      isAnonymous: boolean;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes; use it as `expectedVersion`. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
  } | null;
};

export type ContactDeleteMutationVariables = Exact<{
  contact: ContactRef;
}>;


export type ContactDeleteMutation = {
  /**
   * Deletes a contact that has no tickets. Its data in the change log and its addresses in the envelopes of messages are erased too.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: CONFLICT, CONTACT_HAS_TICKETS, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contactDelete: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the deleted contact. */
    deletedContactId: string;
  } | null;
};

export type ContactMergeMutationVariables = Exact<{
  contact: ContactRef;
  into: ContactRef;
}>;


export type ContactMergeMutation = {
  /**
   * Merges a contact into another: moves its tickets, messages, addresses, phone numbers and notes to the kept contact, which also takes over values that it lacks, and deletes the merged one. From then on the merged contact's id and externalId find the kept one.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contactMerge: {
    /** The contact; null when the viewer can't see it. */
    contact: {
      /** The global id. */
      id: string;
      /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
      name: string;
      /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
      email: string | null;
      /**
       * The further addresses; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherEmails: Array<string> | null;
      /**
       * The further phone numbers; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherPhones: Array<string> | null;
      /**
       * The primary phone number; null when unknown or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      phone: string | null;
      /**
       * The contact's company; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether its messages are refused; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isBlocked: boolean | null;
      /** Whether its name and addresses were erased. */
      isAnonymous: boolean;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes; use it as `expectedVersion`. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the contact that was merged and deleted. */
    deletedContactId: string;
    /** The kept value of each field that at least one of the two had; empty if the same merge is repeated. After the merge, the merged one's id and externalId find the kept one: in references, upserts and `node`, but not in filters. */
    kept: Array<{
      /** The field: name, emails, phones, notes, externalId, company, domains, hourlyRate, currency, ticketPrefix, color or description. */
      field: string;
      /** The side whose value stays. */
      from: MergeSource;
      /** Whether the merged one had a different value, which isn't kept. */
      isOtherDropped: boolean;
    }>;
  } | null;
};

export type ContactUpdateMutationVariables = Exact<{
  contact: ContactRef;
  input: ContactUpdateInput;
}>;


export type ContactUpdateMutation = {
  /**
   * Changes a contact.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contactUpdate: {
    /** The contact; null when the viewer can't see it. */
    contact: {
      /** The global id. */
      id: string;
      /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
      name: string;
      /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
      email: string | null;
      /**
       * The further addresses; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherEmails: Array<string> | null;
      /**
       * The further phone numbers; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      otherPhones: Array<string> | null;
      /**
       * The primary phone number; null when unknown or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      phone: string | null;
      /**
       * The contact's company; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /**
       * The team's notes; null when there are none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      notes: string | null;
      /**
       * The id in another system; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      externalId: string | null;
      /**
       * Whether its messages are refused; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isBlocked: boolean | null;
      /** Whether its name and addresses were erased. */
      isAnonymous: boolean;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes; use it as `expectedVersion`. */
      version: number;
    } | null;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
  } | null;
};

export type ContactUpsertMutationVariables = Exact<{
  input: ContactUpsertInput;
}>;


export type ContactUpsertMutation = {
  /**
   * Finds a contact and updates it to the given values, or creates it. Repeating the call changes nothing.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contactUpsert: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The result for each item, in the order of the input. */
    results: Array<{
      /** The object as it is now; null if the viewer can't see it, or if this is a repeated answer and the object was deleted in the meantime. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
        /**
         * The further addresses; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        otherEmails: Array<string> | null;
        /**
         * The further phone numbers; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        otherPhones: Array<string> | null;
        /**
         * The primary phone number; null when unknown or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        phone: string | null;
        /**
         * The contact's company; null when there is none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        company: {
          /** The global id. */
          id: string;
          /** The name. */
          name: string;
        } | null;
        /**
         * The team's notes; null when there are none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        notes: string | null;
        /**
         * The id in another system; null when there is none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        externalId: string | null;
        /**
         * Whether its messages are refused; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        isBlocked: boolean | null;
        /** Whether its name and addresses were erased. */
        isAnonymous: boolean;
        /** When it was created. */
        createdAt: string;
        /** When it last changed. */
        updatedAt: string;
        /** The version, which counts its changes; use it as `expectedVersion`. */
        version: number;
      } | null;
      /** The outcome. */
      outcome: UpsertOutcome;
    }>;
  } | null;
};

export type ContactsUpsertMutationVariables = Exact<{
  input: ReadonlyArray<ContactUpsertInput> | ContactUpsertInput;
  mode?: UpsertMode | null | undefined;
}>;


export type ContactsUpsertMutation = {
  /**
   * Creates or updates up to 100 contacts, each as `contactUpsert` does; all or nothing unless `mode` says otherwise.
   *
   * Needs the permission `contact.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contactsUpsert: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The result for each item, in the order of the input. */
    results: Array<{
      /** The object as it is now; null if the viewer can't see it, or if this is a repeated answer and the object was deleted in the meantime. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
        /**
         * The further addresses; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        otherEmails: Array<string> | null;
        /**
         * The further phone numbers; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        otherPhones: Array<string> | null;
        /**
         * The primary phone number; null when unknown or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        phone: string | null;
        /**
         * The contact's company; null when there is none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        company: {
          /** The global id. */
          id: string;
          /** The name. */
          name: string;
        } | null;
        /**
         * The team's notes; null when there are none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        notes: string | null;
        /**
         * The id in another system; null when there is none or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        externalId: string | null;
        /**
         * Whether its messages are refused; null without the permission.
         *
         * Needs the permission `contact.view`.
         */
        isBlocked: boolean | null;
        /** Whether its name and addresses were erased. */
        isAnonymous: boolean;
        /** When it was created. */
        createdAt: string;
        /** When it last changed. */
        updatedAt: string;
        /** The version, which counts its changes; use it as `expectedVersion`. */
        version: number;
      } | null;
      /** The error; null if the row was written. */
      error: {
        /** The error code, as for an error of the whole call. */
        code: ErrorCode;
        /** Machine-readable details, such as the `contactId` of the contact that has the address; null if there are none. */
        details: unknown | null;
        /** The message: what is wrong, the rule, and what to do. The answer to a repeated Idempotency-Key leaves it out, because it can name people. */
        message: string;
      } | null;
      /** The outcome. */
      outcome: UpsertOutcome;
    }>;
  } | null;
};

export type PageFieldsFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type TicketFieldsFragment = { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> };

export type MessageFieldsFragment = { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
    | { __typename: 'ApiKey', id: string, name: string }
    | { __typename: 'Contact', id: string, name: string }
    | { __typename: 'Member', id: string, name: string }
    | { __typename: 'System', id: string, name: string }
  , delivery: { state: DeliveryState } };

export type ContactFieldsFragment = { id: string, name: string, email: string | null, otherEmails: Array<string> | null, otherPhones: Array<string> | null, phone: string | null, notes: string | null, externalId: string | null, isBlocked: boolean | null, isAnonymous: boolean, createdAt: string, updatedAt: string, version: number, company: { id: string, name: string } | null };

export type CompanyFieldsFragment = { id: string, name: string, domains: Array<string> | null, currency: string | null, ticketPrefix: string | null, notes: string | null, externalId: string | null, isArchived: boolean | null, createdAt: string, updatedAt: string, version: number, hourlyRate: { amount: string, currency: string } | null };

export type LabelFieldsFragment = { id: string, name: string, color: string, description: string | null, createdAt: string, updatedAt: string, version: number };

export type MemberFieldsFragment = { id: string, name: string, email: string, isActive: boolean, leftAt: string | null, createdAt: string, updatedAt: string, version: number, role: { id: string, name: string }, hourlyRate: { amount: string, currency: string } | null };

export type RoleFieldsFragment = { id: string, name: string, description: string | null, isBuiltIn: boolean, memberCount: number, createdAt: string, updatedAt: string, version: number, grants: Array<{ permission: Permission, reach: Reach | null }> | null };

export type InvitationFieldsFragment = { id: string, email: string, state: InvitationState, expiresAt: string, acceptedAt: string | null, revokedAt: string | null, createdAt: string, role: { id: string, name: string } };

export type TimeEntryFieldsFragment = { id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null };

export type TotalsFieldsFragment = { entryCount: number, minutes: number, billableMinutes: number, billedMinutes: number, unpricedCount: number, amounts: Array<{ amount: string, currency: string }> };

export type ApiKeyFieldsFragment = { id: string, name: string, prefix: string | null, expiresAt: string | null, lastUsedAt: string | null, revokedAt: string | null, needsReview: boolean | null, createdAt: string, role: { id: string, name: string } | null };

export type SessionFieldsFragment = { id: string, isCurrent: boolean, userAgent: string | null, createdAt: string, lastUsedAt: string, expiresAt: string };

export type MembershipFieldsFragment = { organizationId: string, organizationName: string, logoUrl: string | null, memberId: string, roleName: string, isActive: boolean };

export type OrganizationFieldsFragment = { id: string, name: string, ticketPrefix: string, timeZone: string, defaultCurrency: string, logoUrl: string | null, primaryColor: string | null, billingIncrementMinutes: number, createdAt: string, updatedAt: string, version: number, defaultHourlyRate: { amount: string, currency: string } | null };

type ChangeFields_Change_Fragment = { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, actor:
    | { __typename: 'ApiKey', id: string, name: string }
    | { __typename: 'Contact', id: string, name: string }
    | { __typename: 'Member', id: string, name: string }
    | { __typename: 'System', id: string, name: string }
  , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> };

type ChangeFields_MessageChange_Fragment = { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, actor:
    | { __typename: 'ApiKey', id: string, name: string }
    | { __typename: 'Contact', id: string, name: string }
    | { __typename: 'Member', id: string, name: string }
    | { __typename: 'System', id: string, name: string }
  , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> };

type ChangeFields_TicketActivity_Fragment = { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, actor:
    | { __typename: 'ApiKey', id: string, name: string }
    | { __typename: 'Contact', id: string, name: string }
    | { __typename: 'Member', id: string, name: string }
    | { __typename: 'System', id: string, name: string }
  , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> };

type ChangeFields_TicketChange_Fragment = { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, actor:
    | { __typename: 'ApiKey', id: string, name: string }
    | { __typename: 'Contact', id: string, name: string }
    | { __typename: 'Member', id: string, name: string }
    | { __typename: 'System', id: string, name: string }
  , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> };

type ChangeFields_TimeEntryChange_Fragment = { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, actor:
    | { __typename: 'ApiKey', id: string, name: string }
    | { __typename: 'Contact', id: string, name: string }
    | { __typename: 'Member', id: string, name: string }
    | { __typename: 'System', id: string, name: string }
  , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> };

export type ChangeFieldsFragment =
  | ChangeFields_Change_Fragment
  | ChangeFields_MessageChange_Fragment
  | ChangeFields_TicketActivity_Fragment
  | ChangeFields_TicketChange_Fragment
  | ChangeFields_TimeEntryChange_Fragment
;

type NodeFields_ApiKey_Fragment = { __typename: 'ApiKey', id: string };

type NodeFields_Company_Fragment = { __typename: 'Company', id: string, name: string, domains: Array<string> | null, currency: string | null, ticketPrefix: string | null, notes: string | null, externalId: string | null, isArchived: boolean | null, createdAt: string, updatedAt: string, version: number, hourlyRate: { amount: string, currency: string } | null };

type NodeFields_Contact_Fragment = { __typename: 'Contact', id: string, name: string, email: string | null, otherEmails: Array<string> | null, otherPhones: Array<string> | null, phone: string | null, notes: string | null, externalId: string | null, isBlocked: boolean | null, isAnonymous: boolean, createdAt: string, updatedAt: string, version: number, company: { id: string, name: string } | null };

type NodeFields_Invitation_Fragment = { __typename: 'Invitation', id: string };

type NodeFields_Label_Fragment = { __typename: 'Label', name: string, color: string, id: string };

type NodeFields_Member_Fragment = { __typename: 'Member', name: string, isActive: boolean, id: string };

type NodeFields_Message_Fragment = { __typename: 'Message', id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
    | { __typename: 'ApiKey', id: string, name: string }
    | { __typename: 'Contact', id: string, name: string }
    | { __typename: 'Member', id: string, name: string }
    | { __typename: 'System', id: string, name: string }
  , delivery: { state: DeliveryState } };

type NodeFields_Organization_Fragment = { __typename: 'Organization', id: string };

type NodeFields_Role_Fragment = { __typename: 'Role', name: string, id: string };

type NodeFields_Ticket_Fragment = { __typename: 'Ticket', id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> };

type NodeFields_TimeEntry_Fragment = { __typename: 'TimeEntry', id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null };

export type NodeFieldsFragment =
  | NodeFields_ApiKey_Fragment
  | NodeFields_Company_Fragment
  | NodeFields_Contact_Fragment
  | NodeFields_Invitation_Fragment
  | NodeFields_Label_Fragment
  | NodeFields_Member_Fragment
  | NodeFields_Message_Fragment
  | NodeFields_Organization_Fragment
  | NodeFields_Role_Fragment
  | NodeFields_Ticket_Fragment
  | NodeFields_TimeEntry_Fragment
;

export type InvitationQueryVariables = Exact<{
  token: string;
}>;


export type InvitationQuery = {
  /**
   * The invitation with this token, for the page that its link leads to. Needs no sign-in.
   *
   * Errors: NOT_FOUND, RATE_LIMITED, UNAVAILABLE.
   */
  invitation: {
    /** The invited address. */
    email: string;
    /** When it expires. */
    expiresAt: string;
    /** Whether the address already has a login. If so, sign in first; otherwise choose a name and a password. */
    hasLogin: boolean;
    /** The name of the member who sent the invitation; null if an API key sent it. */
    invitedByName: string | null;
    /** The address of the organization's logo; null if there is none. */
    logoUrl: string | null;
    /** The organization that invites. */
    organizationName: string;
    /** The name of the role that the member gets. */
    roleName: string;
    /** The state; only a WAITING invitation can be accepted. */
    state: InvitationState;
  } | null;
};

export type InvitationsQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: InvitationFilter | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  orderBy?: InvitationOrder | null | undefined;
}>;


export type InvitationsQuery = {
  /**
   * The organization's invitations, newest first.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  invitations: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The invited address; only its owner can accept. */
      email: string;
      /** The state. */
      state: InvitationState;
      /** The role that the member will have. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /** When it expires. */
      expiresAt: string;
      /** When it was accepted; null if it wasn't. */
      acceptedAt: string | null;
      /** When it was revoked; null if it wasn't. */
      revokedAt: string | null;
      /** When it was created. */
      createdAt: string;
    }>;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** Whether rows come before this page. */
      hasPreviousPage: boolean;
      /** The cursor of the first row; null on an empty page. */
      startCursor: string | null;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
  };
};

export type InvitationAcceptMutationVariables = Exact<{
  input: InvitationAcceptInput;
}>;


export type InvitationAcceptMutation = {
  /**
   * Accepts an invitation. Either sign in with the invited address first, or choose a name and a password for a new login. Ignores the Idempotency-Key, because an invitation works only once anyway.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, INVITATION_EXPIRED, INVITATION_USED, NOT_FOUND, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  invitationAccept: {
    /** The position of this change in the organization's change log. */
    cursor: string;
    /** The new member. */
    memberId: string;
    /** The organization that the user joined. */
    organizationId: string;
    /** The session of the new login; null if a signed-in user accepted. */
    session: {
      /** The access token, for `Authorization: Bearer`; valid for 15 minutes. */
      accessToken: string;
      /** The number of seconds that the access token is valid. */
      expiresInSeconds: number;
      /** The organizations that the user belongs to, by name. With more than one, choose with the header `X-Organization-Id`. */
      memberships: Array<{
        /** The organization's id, for `X-Organization-Id`. */
        organizationId: string;
        /** The organization's name. */
        organizationName: string;
        /** The address of the organization's logo; null if there is none. */
        logoUrl: string | null;
        /** The user's member there. */
        memberId: string;
        /** The name of the user's role there. */
        roleName: string;
        /** Whether the user has access there. */
        isActive: boolean;
      }>;
      /** The refresh token, for refreshSession; works once, within 7 days. */
      refreshToken: string;
    } | null;
  };
};

export type InvitationResendMutationVariables = Exact<{
  id: string;
}>;


export type InvitationResendMutation = {
  /**
   * Gives an invitation a new token, valid for another seven days. The previous link stops working.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, INVITATION_USED, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  invitationResend: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The invitation. */
    invitation: {
      /** The global id. */
      id: string;
      /** The invited address; only its owner can accept. */
      email: string;
      /** The state. */
      state: InvitationState;
      /** The role that the member will have. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /** When it expires. */
      expiresAt: string;
      /** When it was accepted; null if it wasn't. */
      acceptedAt: string | null;
      /** When it was revoked; null if it wasn't. */
      revokedAt: string | null;
      /** When it was created. */
      createdAt: string;
    };
    /** The token that accepts it, for you to pass on. Only this answer has it; null in a repeated answer (invitationResend creates a new token). */
    token: string | null;
    /** The token as a link to your frontend: TIKETTI_APP_URL/invitations/TOKEN; null if TIKETTI_APP_URL isn't set, and in a repeated answer. */
    url: string | null;
  } | null;
};

export type InvitationRevokeMutationVariables = Exact<{
  id: string;
}>;


export type InvitationRevokeMutation = {
  /**
   * Revokes an invitation. Its link stops working.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, INVITATION_USED, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  invitationRevoke: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The invitation. */
    invitation: {
      /** The global id. */
      id: string;
      /** The invited address; only its owner can accept. */
      email: string;
      /** The state. */
      state: InvitationState;
      /** The role that the member will have. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /** When it expires. */
      expiresAt: string;
      /** When it was accepted; null if it wasn't. */
      acceptedAt: string | null;
      /** When it was revoked; null if it wasn't. */
      revokedAt: string | null;
      /** When it was created. */
      createdAt: string;
    };
  } | null;
};

export type MemberInviteMutationVariables = Exact<{
  input: MemberInviteInput;
}>;


export type MemberInviteMutation = {
  /**
   * Invites an address. Its owner becomes a member by accepting within 7 days, once. At most 3 invitations per hour to one address and 50 per hour from one organization.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  memberInvite: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The invitation. */
    invitation: {
      /** The global id. */
      id: string;
      /** The invited address; only its owner can accept. */
      email: string;
      /** The state. */
      state: InvitationState;
      /** The role that the member will have. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /** When it expires. */
      expiresAt: string;
      /** When it was accepted; null if it wasn't. */
      acceptedAt: string | null;
      /** When it was revoked; null if it wasn't. */
      revokedAt: string | null;
      /** When it was created. */
      createdAt: string;
    };
    /** The token that accepts it, for you to pass on. Only this answer has it; null in a repeated answer (invitationResend creates a new token). */
    token: string | null;
    /** The token as a link to your frontend: TIKETTI_APP_URL/invitations/TOKEN; null if TIKETTI_APP_URL isn't set, and in a repeated answer. */
    url: string | null;
  } | null;
};

export type LabelQueryVariables = Exact<{
  by: LabelRef;
}>;


export type LabelQuery = {
  /**
   * Returns one label.
   *
   * Errors: NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  label: {
    /** The global id. */
    id: string;
    /** The name, unique in the organization ignoring case. */
    name: string;
    /** The colour that it is shown in. */
    color: string;
    /** The purpose of the label; null when none is given. */
    description: string | null;
    /** When it was created. */
    createdAt: string;
    /** When it last changed. */
    updatedAt: string;
    /** The version, which counts its changes. */
    version: number;
  } | null;
};

export type LabelsQueryVariables = Exact<{ [key: string]: never; }>;


export type LabelsQuery = {
  /**
   * Lists the organization's labels by name, at most 1000.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  labels: Array<{
    /** The global id. */
    id: string;
    /** The name, unique in the organization ignoring case. */
    name: string;
    /** The colour that it is shown in. */
    color: string;
    /** The purpose of the label; null when none is given. */
    description: string | null;
    /** When it was created. */
    createdAt: string;
    /** When it last changed. */
    updatedAt: string;
    /** The version, which counts its changes. */
    version: number;
  }>;
};

export type LabelCreateMutationVariables = Exact<{
  input: LabelCreateInput;
}>;


export type LabelCreateMutation = {
  /**
   * Creates a label.
   *
   * Needs the permission `label.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  labelCreate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The label. */
    label: {
      /** The global id. */
      id: string;
      /** The name, unique in the organization ignoring case. */
      name: string;
      /** The colour that it is shown in. */
      color: string;
      /** The purpose of the label; null when none is given. */
      description: string | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    } | null;
  } | null;
};

export type LabelDeleteMutationVariables = Exact<{
  label: LabelRef;
}>;


export type LabelDeleteMutation = {
  /**
   * Deletes a label and removes it from all tickets immediately.
   *
   * Needs the permission `label.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  labelDelete: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the deleted label. */
    deletedLabelId: string;
  } | null;
};

export type LabelMergeMutationVariables = Exact<{
  into: LabelRef;
  label: LabelRef;
}>;


export type LabelMergeMutation = {
  /**
   * Merges a label into another: replaces it on all tickets immediately and deletes it. From then on its id finds the kept label.
   *
   * Needs the permission `label.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  labelMerge: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the label that was merged and deleted. */
    deletedLabelId: string;
    /** The kept value of each field that at least one of the two had; empty if the same merge is repeated. After the merge, the merged one's id and externalId find the kept one: in references, upserts and `node`, but not in filters. */
    kept: Array<{
      /** The field: name, emails, phones, notes, externalId, company, domains, hourlyRate, currency, ticketPrefix, color or description. */
      field: string;
      /** The side whose value stays. */
      from: MergeSource;
      /** Whether the merged one had a different value, which isn't kept. */
      isOtherDropped: boolean;
    }>;
    /** The label. */
    label: {
      /** The global id. */
      id: string;
      /** The name, unique in the organization ignoring case. */
      name: string;
      /** The colour that it is shown in. */
      color: string;
      /** The purpose of the label; null when none is given. */
      description: string | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    } | null;
  } | null;
};

export type LabelUpdateMutationVariables = Exact<{
  input: LabelUpdateInput;
  label: LabelRef;
}>;


export type LabelUpdateMutation = {
  /**
   * Changes a label. The change shows on every ticket immediately.
   *
   * Needs the permission `label.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  labelUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The label. */
    label: {
      /** The global id. */
      id: string;
      /** The name, unique in the organization ignoring case. */
      name: string;
      /** The colour that it is shown in. */
      color: string;
      /** The purpose of the label; null when none is given. */
      description: string | null;
      /** When it was created. */
      createdAt: string;
      /** When it last changed. */
      updatedAt: string;
      /** The version, which counts its changes. */
      version: number;
    } | null;
  } | null;
};

export type MemberQueryVariables = Exact<{
  by: MemberRef;
}>;


export type MemberQuery = {
  /**
   * A member of the organization.
   *
   * Errors: NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  member: {
    /** The global id. */
    id: string;
    /** The member's name in this organization. */
    name: string;
    /** The user's e-mail address. */
    email: string;
    /** The member's role, which says what they can do. */
    role: {
      /** The global id. */
      id: string;
      /** The name, unique ignoring case. */
      name: string;
    };
    /**
     * The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    hourlyRate: {
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    } | null;
    /** Whether the member has access; also false for members who left. */
    isActive: boolean;
    /** When the membership ended; null while it lasts. If invited again, the user returns as the same member. */
    leftAt: string | null;
    /** When the member joined. */
    createdAt: string;
    /** When it was last changed. */
    updatedAt: string;
    /** The version; it increases with every change. */
    version: number;
  } | null;
};

export type MembersQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: MemberFilter | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  orderBy?: MemberOrder | null | undefined;
}>;


export type MembersQuery = {
  /**
   * The organization's members, including those who left (isActive: false).
   *
   * Errors: CURSOR_EXPIRED, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  members: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
      /** The user's e-mail address. */
      email: string;
      /** The member's role, which says what they can do. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /**
       * The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** Whether the member has access; also false for members who left. */
      isActive: boolean;
      /** When the membership ended; null while it lasts. If invited again, the user returns as the same member. */
      leftAt: string | null;
      /** When the member joined. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version; it increases with every change. */
      version: number;
    }>;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** Whether rows come before this page. */
      hasPreviousPage: boolean;
      /** The cursor of the first row; null on an empty page. */
      startCursor: string | null;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
  };
};

export type MemberAddMutationVariables = Exact<{
  input: MemberAddInput;
}>;


export type MemberAddMutation = {
  /**
   * Adds a member with a new login, without an invitation. If the address already has a login, use memberInvite.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  memberAdd: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The member in its current state. */
    member: {
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
      /** The user's e-mail address. */
      email: string;
      /** The member's role, which says what they can do. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /**
       * The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** Whether the member has access; also false for members who left. */
      isActive: boolean;
      /** When the membership ended; null while it lasts. If invited again, the user returns as the same member. */
      leftAt: string | null;
      /** When the member joined. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version; it increases with every change. */
      version: number;
    };
  } | null;
};

export type MemberRemoveMutationVariables = Exact<{
  input?: MemberRemoveInput | null | undefined;
  member: MemberRef;
}>;


export type MemberRemoveMutation = {
  /**
   * Ends a membership. The member loses access from the next request on; their history keeps their name. If invited again, they return as the same member.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, LAST_ADMIN, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  memberRemove: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The member in its current state. */
    member: {
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
      /** The user's e-mail address. */
      email: string;
      /** The member's role, which says what they can do. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /**
       * The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** Whether the member has access; also false for members who left. */
      isActive: boolean;
      /** When the membership ended; null while it lasts. If invited again, the user returns as the same member. */
      leftAt: string | null;
      /** When the member joined. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version; it increases with every change. */
      version: number;
    };
  } | null;
};

export type MemberUpdateMutationVariables = Exact<{
  input: MemberUpdateInput;
  member: MemberRef;
}>;


export type MemberUpdateMutation = {
  /**
   * Changes a member's name, role, rate or access. Only users themselves can change their e-mail address and password.
   *
   * Needs the permission `team.manage` or `time.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, LAST_ADMIN, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  memberUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The member in its current state. */
    member: {
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
      /** The user's e-mail address. */
      email: string;
      /** The member's role, which says what they can do. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /**
       * The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** Whether the member has access; also false for members who left. */
      isActive: boolean;
      /** When the membership ended; null while it lasts. If invited again, the user returns as the same member. */
      leftAt: string | null;
      /** When the member joined. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version; it increases with every change. */
      version: number;
    };
  } | null;
};

export type MessageQueryVariables = Exact<{
  by: MessageRef;
}>;


export type MessageQuery = { message: { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, ticket: { id: string, code: string } | null, author:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , delivery: { state: DeliveryState } } | null };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { node:
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Company', id: string, name: string, domains: Array<string> | null, currency: string | null, ticketPrefix: string | null, notes: string | null, externalId: string | null, isArchived: boolean | null, createdAt: string, updatedAt: string, version: number, hourlyRate: { amount: string, currency: string } | null }
    | { __typename: 'Contact', id: string, name: string, email: string | null, otherEmails: Array<string> | null, otherPhones: Array<string> | null, phone: string | null, notes: string | null, externalId: string | null, isBlocked: boolean | null, isAnonymous: boolean, createdAt: string, updatedAt: string, version: number, company: { id: string, name: string } | null }
    | { __typename: 'Invitation', id: string }
    | { __typename: 'Label', name: string, color: string, id: string }
    | { __typename: 'Member', name: string, isActive: boolean, id: string }
    | { __typename: 'Message', id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } }
    | { __typename: 'Organization', id: string }
    | { __typename: 'Role', name: string, id: string }
    | { __typename: 'Ticket', id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> }
    | { __typename: 'TimeEntry', id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null }
   | null };

export type NodesQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type NodesQuery = { nodes: Array<
    | { __typename: 'ApiKey', id: string }
    | { __typename: 'Company', id: string, name: string, domains: Array<string> | null, currency: string | null, ticketPrefix: string | null, notes: string | null, externalId: string | null, isArchived: boolean | null, createdAt: string, updatedAt: string, version: number, hourlyRate: { amount: string, currency: string } | null }
    | { __typename: 'Contact', id: string, name: string, email: string | null, otherEmails: Array<string> | null, otherPhones: Array<string> | null, phone: string | null, notes: string | null, externalId: string | null, isBlocked: boolean | null, isAnonymous: boolean, createdAt: string, updatedAt: string, version: number, company: { id: string, name: string } | null }
    | { __typename: 'Invitation', id: string }
    | { __typename: 'Label', name: string, color: string, id: string }
    | { __typename: 'Member', name: string, isActive: boolean, id: string }
    | { __typename: 'Message', id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } }
    | { __typename: 'Organization', id: string }
    | { __typename: 'Role', name: string, id: string }
    | { __typename: 'Ticket', id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> }
    | { __typename: 'TimeEntry', id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null }
   | null> };

export type OrganizationQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationQuery = {
  /**
   * The organization of this request.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  organization: {
    /** The global id, for the header `X-Organization-Id`. */
    id: string;
    /** The name. */
    name: string;
    /** The prefix of ticket codes, unique on this server. */
    ticketPrefix: string;
    /** The time zone that defines a day: for bare dates in filters and days in reports. */
    timeZone: string;
    /** The default currency of rates. */
    defaultCurrency: string;
    /**
     * The hourly rate if neither the entry, the company nor the member has one; null if not set, or if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    defaultHourlyRate: {
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    } | null;
    /** The address of the logo; null if there is none. */
    logoUrl: string | null;
    /** The brand colour; null if there is none. */
    primaryColor: string | null;
    /** The increment that billed minutes are rounded up to, in minutes. */
    billingIncrementMinutes: number;
    /** When it was created. */
    createdAt: string;
    /** When its settings were last changed. */
    updatedAt: string;
    /** The version; it increases with every change of the settings. */
    version: number;
  };
};

export type OrganizationCreateMutationVariables = Exact<{
  input: OrganizationCreateInput;
}>;


export type OrganizationCreateMutation = {
  /**
   * Creates an organization with the signed-in user as its admin. A user whose address isn't verified can belong to only one organization.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  organizationCreate: {
    /** The position of this change in the new organization's change log. */
    cursor: string;
    /** The id of the caller as a member; the member has the Admin role. */
    memberId: string;
    /** The new organization. */
    organizationId: string;
  };
};

export type OrganizationUpdateMutationVariables = Exact<{
  input: OrganizationUpdateInput;
}>;


export type OrganizationUpdateMutation = {
  /**
   * Changes the organization's settings.
   *
   * Needs the permission `organization.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  organizationUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The organization. */
    organization: {
      /** The global id, for the header `X-Organization-Id`. */
      id: string;
      /** The name. */
      name: string;
      /** The prefix of ticket codes, unique on this server. */
      ticketPrefix: string;
      /** The time zone that defines a day: for bare dates in filters and days in reports. */
      timeZone: string;
      /** The default currency of rates. */
      defaultCurrency: string;
      /**
       * The hourly rate if neither the entry, the company nor the member has one; null if not set, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      defaultHourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** The address of the logo; null if there is none. */
      logoUrl: string | null;
      /** The brand colour; null if there is none. */
      primaryColor: string | null;
      /** The increment that billed minutes are rounded up to, in minutes. */
      billingIncrementMinutes: number;
      /** When it was created. */
      createdAt: string;
      /** When its settings were last changed. */
      updatedAt: string;
      /** The version; it increases with every change of the settings. */
      version: number;
    };
  } | null;
};

export type PermissionsQueryVariables = Exact<{ [key: string]: never; }>;


export type PermissionsQuery = {
  /**
   * All permissions, in the order of the product's table.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  permissions: Array<{
    /** A description of what it allows. */
    description: string;
    /** The heading to show it under. */
    group: string;
    /** Whether the viewer can add it to a role, because the viewer manages the team and holds this permission. */
    isGrantableByViewer: boolean;
    /** The permission. */
    name: Permission;
    /** Whether a grant of it has a reach. */
    takesReach: boolean;
  }>;
};

export type RoleQueryVariables = Exact<{
  by: RoleRef;
}>;


export type RoleQuery = {
  /**
   * A role of the organization.
   *
   * Errors: NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  role: {
    /** The global id. */
    id: string;
    /** The name, unique ignoring case. */
    name: string;
    /** A description of its purpose; null if none was given. */
    description: string | null;
    /** Whether it is one of the four built-in roles, which can't be changed. */
    isBuiltIn: boolean;
    /**
     * The permissions that it grants; null without the permission.
     *
     * Needs the permission `team.manage`.
     */
    grants: Array<{
      /** The permission. */
      permission: Permission;
      /** The reach; null for permissions that take none. */
      reach: Reach | null;
    }> | null;
    /** The number of members who have it, not counting those who left. */
    memberCount: number;
    /** When it was created. */
    createdAt: string;
    /** When it was last changed. */
    updatedAt: string;
    /** The version; it increases with every change. */
    version: number;
  } | null;
};

export type RolesQueryVariables = Exact<{ [key: string]: never; }>;


export type RolesQuery = {
  /**
   * The organization's roles, built-in ones first, then by name; at most 200.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  roles: Array<{
    /** The global id. */
    id: string;
    /** The name, unique ignoring case. */
    name: string;
    /** A description of its purpose; null if none was given. */
    description: string | null;
    /** Whether it is one of the four built-in roles, which can't be changed. */
    isBuiltIn: boolean;
    /**
     * The permissions that it grants; null without the permission.
     *
     * Needs the permission `team.manage`.
     */
    grants: Array<{
      /** The permission. */
      permission: Permission;
      /** The reach; null for permissions that take none. */
      reach: Reach | null;
    }> | null;
    /** The number of members who have it, not counting those who left. */
    memberCount: number;
    /** When it was created. */
    createdAt: string;
    /** When it was last changed. */
    updatedAt: string;
    /** The version; it increases with every change. */
    version: number;
  }>;
};

export type RoleCreateMutationVariables = Exact<{
  input: RoleCreateInput;
}>;


export type RoleCreateMutation = {
  /**
   * Creates a custom role.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  roleCreate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The role; null in a repeated answer if it was deleted since. */
    role: {
      /** The global id. */
      id: string;
      /** The name, unique ignoring case. */
      name: string;
      /** A description of its purpose; null if none was given. */
      description: string | null;
      /** Whether it is one of the four built-in roles, which can't be changed. */
      isBuiltIn: boolean;
      /**
       * The permissions that it grants; null without the permission.
       *
       * Needs the permission `team.manage`.
       */
      grants: Array<{
        /** The permission. */
        permission: Permission;
        /** The reach; null for permissions that take none. */
        reach: Reach | null;
      }> | null;
      /** The number of members who have it, not counting those who left. */
      memberCount: number;
      /** When it was created. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version; it increases with every change. */
      version: number;
    } | null;
  } | null;
};

export type RoleDeleteMutationVariables = Exact<{
  input?: RoleDeleteInput | null | undefined;
  role: RoleRef;
}>;


export type RoleDeleteMutation = {
  /**
   * Deletes a custom role. Its members, API keys and waiting invitations get another role.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: BUILT_IN_ROLE, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  roleDelete: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the deleted role. */
    deletedRoleId: string;
  } | null;
};

export type RoleUpdateMutationVariables = Exact<{
  input: RoleUpdateInput;
  role: RoleRef;
}>;


export type RoleUpdateMutation = {
  /**
   * Changes a custom role. The changes apply to its members and API keys from their next request on.
   *
   * Needs the permission `team.manage`.
   *
   * Errors: ALREADY_EXISTS, BUILT_IN_ROLE, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  roleUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The role; null in a repeated answer if it was deleted since. */
    role: {
      /** The global id. */
      id: string;
      /** The name, unique ignoring case. */
      name: string;
      /** A description of its purpose; null if none was given. */
      description: string | null;
      /** Whether it is one of the four built-in roles, which can't be changed. */
      isBuiltIn: boolean;
      /**
       * The permissions that it grants; null without the permission.
       *
       * Needs the permission `team.manage`.
       */
      grants: Array<{
        /** The permission. */
        permission: Permission;
        /** The reach; null for permissions that take none. */
        reach: Reach | null;
      }> | null;
      /** The number of members who have it, not counting those who left. */
      memberCount: number;
      /** When it was created. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version; it increases with every change. */
      version: number;
    } | null;
  } | null;
};

export type CompaniesScreenQueryVariables = Exact<{
  filter?: CompanyFilter | null | undefined;
  orderBy?: CompanyOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type CompaniesScreenQuery = {
  /**
   * Lists the organization's companies, by name unless `orderBy` is given.
   *
   * Needs the permission `contact.view`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  companies: {
    /** The number of rows in the whole list; counted only if selected. */
    totalCount: number;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
      /**
       * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      domains: Array<string> | null;
      /**
       * Whether it is archived, which keeps it for its history; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isArchived: boolean | null;
      /** The number of its tickets that the viewer can see. */
      ticketCount: number;
      /**
       * The contacts, by name; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      contacts: {
        /** The number of rows in the whole list; counted only if selected. */
        totalCount: number;
      } | null;
    }>;
  };
};

export type CompanyScreenQueryVariables = Exact<{
  by: CompanyRef;
  firstContacts?: number | null | undefined;
  firstTickets?: number | null | undefined;
}>;


export type CompanyScreenQuery = {
  /**
   * Returns one company. With `ticket.view` but without `contact.view`, only companies of tickets that the viewer can see are found.
   *
   * Errors: NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  company: {
    /** The global id. */
    id: string;
    /** The name. */
    name: string;
    /**
     * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    domains: Array<string> | null;
    /**
     * The prefix of its tickets' codes; null when the organization's prefix applies, or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    ticketPrefix: string | null;
    /**
     * The team's notes; null when there are none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    notes: string | null;
    /**
     * The id in another system; null when there is none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    externalId: string | null;
    /**
     * Whether it is archived, which keeps it for its history; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    isArchived: boolean | null;
    /**
     * The price of an hour of work for the company, in its currency or the organization's; null when not set or if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    hourlyRate: {
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    } | null;
    /**
     * The currency; null when the organization's default applies, or if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    currency: string | null;
    /** When it was created. */
    createdAt: string;
    /** When it last changed. */
    updatedAt: string;
    /** The version, which counts its changes. */
    version: number;
    /** What the viewer can do with it. */
    viewerCan: {
      /** Whether the viewer can change its name, domains, notes and externalId. */
      update: boolean;
      /** Whether the viewer can archive and restore it. */
      archive: boolean;
      /** Whether the viewer has the permission to delete it. Even then, a company with tickets or logged time can't be deleted. */
      delete: boolean;
      /** Whether the viewer can merge it with another company. */
      merge: boolean;
    };
    /** The sums of the finished time entries logged for it that the viewer can see. */
    timeSummary: {
      /** The sum of the entries' durations. */
      minutes: number;
      /** The sum of the durations of billable entries. */
      billableMinutes: number;
      /** The number of billable entries without a rate, which the amounts leave out. */
      unpricedCount: number;
      /** The sum of the rounded amounts in each currency; empty if nothing has a price. */
      amounts: Array<{
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      }>;
    };
    /**
     * The contacts, by name; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    contacts: {
      /** The number of rows in the whole list; counted only if selected. */
      totalCount: number;
      /** The position of the page in the list. */
      pageInfo: {
        /** Whether rows come after this page. */
        hasNextPage: boolean;
        /** The cursor of the last row, for `after`; null on an empty page. */
        endCursor: string | null;
      };
      /** The rows of the page. */
      nodes: Array<{
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
        /**
         * The primary phone number; null when unknown or without the permission.
         *
         * Needs the permission `contact.view`.
         */
        phone: string | null;
      }>;
    } | null;
    /** The company's tickets that the viewer can see, by last activity. */
    tickets: {
      /** The number of rows in the whole list; counted only if selected. */
      totalCount: number;
      /** The position of the page in the list. */
      pageInfo: {
        /** Whether rows come after this page. */
        hasNextPage: boolean;
        /** The cursor of the last row, for `after`; null on an empty page. */
        endCursor: string | null;
      };
      /** The rows of the page. */
      nodes: Array<{
        /** The global id. */
        id: string;
        /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
        code: string;
        /** The subject, at most 300 characters. */
        subject: string;
        /** The status. */
        status: TicketStatus;
        /** The priority. */
        priority: TicketPriority;
        /** When its last public message was written. */
        lastActivityAt: string;
        /** The customer. */
        contact: {
          /** The global id. */
          id: string;
          /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
          name: string;
        };
      }>;
    };
  } | null;
};

export type ContactScreenQueryVariables = Exact<{
  by: ContactRef;
  firstTickets?: number | null | undefined;
  afterTicket?: string | null | undefined;
}>;


export type ContactScreenQuery = {
  /**
   * Returns one contact. With `ticket.view` but without `contact.view`, only contacts of tickets that the viewer can see are found.
   *
   * Errors: NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contact: {
    /** The global id. */
    id: string;
    /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
    name: string;
    /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
    email: string | null;
    /**
     * The further addresses; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    otherEmails: Array<string> | null;
    /**
     * The primary phone number; null when unknown or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    phone: string | null;
    /**
     * The team's notes; null when there are none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    notes: string | null;
    /**
     * The id in another system; null when there is none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    externalId: string | null;
    /**
     * Whether its messages are refused; null without the permission.
     *
     * Needs the permission `contact.view`.
     */
    isBlocked: boolean | null;
    /** Whether its name and addresses were erased. */
    isAnonymous: boolean;
    /**
     * How it was linked to its company; null when no link was set or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    companySource: CompanySource | null;
    /** When it was created. */
    createdAt: string;
    /** When it last changed. */
    updatedAt: string;
    /** The version, which counts its changes; use it as `expectedVersion`. */
    version: number;
    /** What the viewer can do with it. */
    viewerCan: {
      /** Whether the viewer can change it. */
      update: boolean;
      /** Whether the viewer can merge it with another contact, or make it anonymous. */
      merge: boolean;
      /** Whether the viewer has the permission to delete it. Even then, a contact with tickets or logged time can't be deleted. */
      delete: boolean;
    };
    /**
     * The contact's company; null when there is none or without the permission.
     *
     * Needs the permission `contact.view`.
     */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
      /**
       * The mail domains. Contacts with an address there are linked automatically. Null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      domains: Array<string> | null;
    } | null;
    /** The contact's tickets that the viewer can see, by last activity unless `orderBy` is given. */
    tickets: {
      /** The number of rows in the whole list; counted only if selected. */
      totalCount: number;
      /** The position of the page in the list. */
      pageInfo: {
        /** Whether rows come after this page. */
        hasNextPage: boolean;
        /** The cursor of the last row, for `after`; null on an empty page. */
        endCursor: string | null;
      };
      /** The rows of the page. */
      nodes: Array<{
        /** The global id. */
        id: string;
        /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
        code: string;
        /** The subject, at most 300 characters. */
        subject: string;
        /** The status. */
        status: TicketStatus;
        /** The priority. */
        priority: TicketPriority;
        /** When its last public message was written. */
        lastActivityAt: string;
        /** The member who works on it; null when it is unassigned. */
        assignee: {
          /** The global id. */
          id: string;
          /** The member's name in this organization. */
          name: string;
        } | null;
      }>;
    };
  } | null;
};

export type ContactsScreenQueryVariables = Exact<{
  filter?: ContactFilter | null | undefined;
  orderBy?: ContactOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ContactsScreenQuery = {
  /**
   * Lists the organization's contacts, by name unless `orderBy` is given.
   *
   * Needs the permission `contact.view`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  contacts: {
    /** The number of rows in the whole list; counted only if selected. */
    totalCount: number;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
      name: string;
      /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
      email: string | null;
      /**
       * The primary phone number; null when unknown or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      phone: string | null;
      /**
       * Whether its messages are refused; null without the permission.
       *
       * Needs the permission `contact.view`.
       */
      isBlocked: boolean | null;
      /** Whether its name and addresses were erased. */
      isAnonymous: boolean;
      /** The number of its tickets that the viewer can see. */
      ticketCount: number;
      /**
       * The contact's company; null when there is none or without the permission.
       *
       * Needs the permission `contact.view`.
       */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
    }>;
  };
};

export type InvitationsScreenQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type InvitationsScreenQuery = {
  /**
   * The organization of this request.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  organization: {
    /** The global id, for the header `X-Organization-Id`. */
    id: string;
    /**
     * The organization's invitations, newest first; null without the permission, so that one query serves every role.
     *
     * Needs the permission `team.manage`.
     */
    invitations: {
      /** The number of rows in the whole list; counted only if selected. */
      totalCount: number;
      /** The position of the page in the list. */
      pageInfo: {
        /** Whether rows come after this page. */
        hasNextPage: boolean;
        /** The cursor of the last row, for `after`; null on an empty page. */
        endCursor: string | null;
      };
      /** The rows of the page. */
      nodes: Array<{
        /** The global id. */
        id: string;
        /** The invited address; only its owner can accept. */
        email: string;
        /** The state. */
        state: InvitationState;
        /** When it expires. */
        expiresAt: string;
        /** When it was accepted; null if it wasn't. */
        acceptedAt: string | null;
        /** When it was created. */
        createdAt: string;
        /** The role that the member will have. */
        role: {
          /** The global id. */
          id: string;
          /** The name, unique ignoring case. */
          name: string;
        };
        /** The member who invited; null if an API key did. */
        invitedBy: {
          /** The global id. */
          id: string;
          /** The member's name in this organization. */
          name: string;
        } | null;
        /** The member who joined by accepting it; null until then. */
        member: {
          /** The global id. */
          id: string;
          /** The member's name in this organization. */
          name: string;
        } | null;
      }>;
    } | null;
  };
  /**
   * The organization's roles, built-in ones first, then by name; at most 200.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  roles: Array<{
    /** The global id. */
    id: string;
    /** The name, unique ignoring case. */
    name: string;
  }>;
};

export type LabelsScreenQueryVariables = Exact<{ [key: string]: never; }>;


export type LabelsScreenQuery = {
  /**
   * Lists the organization's labels by name, at most 1000.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  labels: Array<{
    /** The global id. */
    id: string;
    /** The name, unique in the organization ignoring case. */
    name: string;
    /** The colour that it is shown in. */
    color: string;
    /** The purpose of the label; null when none is given. */
    description: string | null;
    /** The number of tickets with this label that the viewer can see. */
    ticketCount: number;
    /** The version, which counts its changes. */
    version: number;
    /** What the viewer can do with it. */
    viewerCan: {
      /** Whether the viewer can change it. */
      update: boolean;
      /** Whether the viewer can delete it. */
      delete: boolean;
      /** Whether the viewer can merge it with another label. */
      merge: boolean;
    };
  }>;
};

export type OrganizationSettingsScreenQueryVariables = Exact<{ [key: string]: never; }>;


export type OrganizationSettingsScreenQuery = {
  /**
   * The organization of this request.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  organization: {
    /** The global id, for the header `X-Organization-Id`. */
    id: string;
    /** The name. */
    name: string;
    /** The prefix of ticket codes, unique on this server. */
    ticketPrefix: string;
    /** The default currency of rates. */
    defaultCurrency: string;
    /** The time zone that defines a day: for bare dates in filters and days in reports. */
    timeZone: string;
    /**
     * The hourly rate if neither the entry, the company nor the member has one; null if not set, or if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    defaultHourlyRate: {
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    } | null;
    /** The address of the logo; null if there is none. */
    logoUrl: string | null;
    /** The brand colour; null if there is none. */
    primaryColor: string | null;
    /** The signature below replies sent by e-mail; null if there is none. */
    emailSignature: string | null;
    /** The mailbox that sends replies. */
    outboundMailboxMode: OutboundMailboxMode;
    /** The effect of a customer's message to a closed ticket. */
    closedTicketReply: ClosedTicketReply;
    /** The number of days after closing in which a message can reopen a ticket. */
    reopenWithinDays: number;
    /** The number of days after which a RESOLVED ticket closes automatically; null for never. */
    autoCloseResolvedAfterDays: number | null;
    /** The increment that billed minutes are rounded up to, in minutes. */
    billingIncrementMinutes: number;
    /** When its settings were last changed. */
    updatedAt: string;
    /** The version; it increases with every change of the settings. */
    version: number;
  };
  /**
   * The signed-in actor, its organization and what it can do.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  viewer: {
    /** The actor's permissions here. */
    permissions: Array<{
      /** The permission. */
      permission: Permission;
    }>;
  };
};

export type ProfileScreenQueryVariables = Exact<{ [key: string]: never; }>;


export type ProfileScreenQuery = { viewer: { roleName: string, actor:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', email: string, version: number, id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , memberships: Array<{ organizationId: string, organizationName: string, roleName: string, isActive: boolean }> }, sessions: Array<{ id: string, userAgent: string | null, isCurrent: boolean, createdAt: string, lastUsedAt: string, expiresAt: string }> };

export type QueueBarScreenQueryVariables = Exact<{ [key: string]: never; }>;


export type QueueBarScreenQuery = { viewer: { roleName: string, actor:
      | { id: string, name: string }
      | { id: string, name: string }
      | { id: string, name: string }
      | { id: string, name: string }
    , organization: { id: string, name: string, logoUrl: string | null, primaryColor: string | null }, permissions: Array<{ permission: Permission, reach: Reach | null }>, memberships: Array<{ organizationId: string, organizationName: string, logoUrl: string | null, roleName: string, isActive: boolean }>, queues: Array<{ key: QueueKey, filter: unknown, ticketCount: number }> } };

export type RolesEditorScreenQueryVariables = Exact<{ [key: string]: never; }>;


export type RolesEditorScreenQuery = {
  /**
   * The organization's roles, built-in ones first, then by name; at most 200.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  roles: Array<{
    /** The global id. */
    id: string;
    /** The name, unique ignoring case. */
    name: string;
    /** A description of its purpose; null if none was given. */
    description: string | null;
    /** Whether it is one of the four built-in roles, which can't be changed. */
    isBuiltIn: boolean;
    /** The number of members who have it, not counting those who left. */
    memberCount: number;
    /** The version; it increases with every change. */
    version: number;
    /**
     * The permissions that it grants; null without the permission.
     *
     * Needs the permission `team.manage`.
     */
    grants: Array<{
      /** The permission. */
      permission: Permission;
      /** The reach; null for permissions that take none. */
      reach: Reach | null;
    }> | null;
  }>;
  /**
   * All permissions, in the order of the product's table.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  permissions: Array<{
    /** The permission. */
    name: Permission;
    /** The heading to show it under. */
    group: string;
    /** A description of what it allows. */
    description: string;
    /** Whether a grant of it has a reach. */
    takesReach: boolean;
    /** Whether the viewer can add it to a role, because the viewer manages the team and holds this permission. */
    isGrantableByViewer: boolean;
  }>;
};

export type TeamScreenQueryVariables = Exact<{
  filter?: MemberFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TeamScreenQuery = {
  /**
   * The organization's members, including those who left (isActive: false).
   *
   * Errors: CURSOR_EXPIRED, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  members: {
    /** The number of rows in the whole list; counted only if selected. */
    totalCount: number;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
      /** The user's e-mail address. */
      email: string;
      /** Whether the member has access; also false for members who left. */
      isActive: boolean;
      /** When the member joined. */
      createdAt: string;
      /** The version; it increases with every change. */
      version: number;
      /** The member's role, which says what they can do. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
        /** Whether it is one of the four built-in roles, which can't be changed. */
        isBuiltIn: boolean;
      };
      /**
       * The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** What the viewer can do with the member. Even where this allows it, the last active admin can't be demoted or removed. */
      viewerCan: {
        /** Whether the viewer can change the member's name, role and access. */
        update: boolean;
        /** Whether the viewer can change the member's hourly rate. */
        setRate: boolean;
        /** Whether the viewer can end the membership. */
        remove: boolean;
      };
    }>;
  };
  /**
   * The organization's roles, built-in ones first, then by name; at most 200.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  roles: Array<{
    /** The global id. */
    id: string;
    /** The name, unique ignoring case. */
    name: string;
  }>;
};

export type TicketListScreenQueryVariables = Exact<{
  filter?: TicketFilter | null | undefined;
  orderBy?: TicketOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TicketListScreenQuery = {
  /**
   * Lists the tickets that the viewer can see, the last active first unless `orderBy` is given.
   *
   * Needs the permission `ticket.view`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  tickets: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The number of rows in the whole list; counted only if selected. */
    totalCount: number;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** The last public message; null while there is none. */
      lastMessage: {
        /** The global id. */
        id: string;
        /** The start of the body in one line, at most 200 characters. */
        preview: string;
        /** The direction; null on notes. */
        direction: MessageDirection | null;
        /** When it was written. */
        createdAt: string;
      } | null;
      /** What the viewer can do with it, by the same rules that the mutations enforce. */
      viewerCan: {
        /** Whether the viewer can write public replies. */
        reply: boolean;
        /** Whether the viewer can write notes. */
        note: boolean;
        /** Whether the viewer can change subject, status, priority, contact, company and labels. */
        update: boolean;
        /** Whether the viewer can assign and unassign it. */
        assign: boolean;
        /** Whether the viewer can delete and restore it. */
        delete: boolean;
        /** Whether the viewer can merge it with another ticket. */
        merge: boolean;
      };
    }>;
  };
};

export type TicketThreadScreenQueryVariables = Exact<{
  by: TicketRef;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type TicketThreadScreenQuery = { ticket: { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, resolvedAt: string | null, closedAt: string | null, pendingUntil: string | null, version: number, allowedStatuses: Array<TicketStatus>, viewerCan: { reply: boolean, note: boolean, update: boolean, assign: boolean, delete: boolean, merge: boolean, logTime: boolean }, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }>, participants: Array<{ id: string, name: string, email: string | null }>, followUpOf: { id: string, code: string, subject: string } | null, mergedInto: { id: string, code: string, subject: string } | null, contact: { id: string, name: string, email: string | null, phone: string | null, notes: string | null, ticketCount: number, company: { id: string, name: string } | null, tickets: { nodes: Array<{ id: string, code: string, subject: string, status: TicketStatus, lastActivityAt: string }> } }, company: { id: string, name: string, domains: Array<string> | null, notes: string | null, ticketCount: number } | null, timeSummary: { minutes: number, billableMinutes: number, unpricedCount: number, amounts: Array<{ amount: string, currency: string }> }, timeEntries: { totalCount: number, nodes: Array<{ id: string, workedOn: string, durationMinutes: number | null, description: string, isBillable: boolean, isRunning: boolean, startedAt: string | null, member: { id: string, name: string }, viewerCan: { update: boolean, delete: boolean, stop: boolean } }> }, timeline: { totalCount: number, pageInfo: { hasPreviousPage: boolean, startCursor: string | null }, nodes: Array<
        | { __typename: 'AssigneeChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , fromMember: { id: string, name: string } | null, toMember: { id: string, name: string } | null }
        | { __typename: 'CompanyChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , fromCompany: { id: string, name: string } | null, toCompany: { id: string, name: string } | null }
        | { __typename: 'ContactChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , fromContact: { id: string, name: string } | null, toContact: { id: string, name: string } | null }
        | { __typename: 'LabelsChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , addedLabels: Array<{ id: string, name: string, color: string }>, removedLabels: Array<{ id: string, name: string, color: string }> }
        | { __typename: 'Message', id: string, visibility: MessageVisibility, direction: MessageDirection | null, bodyText: string, bodyHtml: string | null, from: string | null, to: Array<string>, cc: Array<string>, isEdited: boolean, isDeleted: boolean, createdAt: string, author:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , delivery: { state: DeliveryState }, viewerCan: { delete: boolean } }
        | { __typename: 'ParticipantsChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , addedContacts: Array<{ id: string, name: string }>, removedContacts: Array<{ id: string, name: string }> }
        | { __typename: 'PriorityChange', occurredAt: string, fromPriority: TicketPriority | null, toPriority: TicketPriority | null, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'StatusChange', occurredAt: string, fromStatus: TicketStatus | null, toStatus: TicketStatus | null, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'SubjectChange', occurredAt: string, fromSubject: string | null, toSubject: string | null, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'TicketCreatedEvent', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'TicketMergeEvent', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , ticket: { id: string, code: string, subject: string } | null }
        | { __typename: 'TrashChange', occurredAt: string, isDeleted: boolean, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
      > } } | null, labels: Array<{ id: string, name: string, color: string }>, members: { nodes: Array<{ id: string, name: string }> } };

export type TimeReportScreenQueryVariables = Exact<{
  filter?: TimeEntryFilter | null | undefined;
  groupBy?: ReadonlyArray<TimeReportGroupBy> | TimeReportGroupBy | null | undefined;
  orderBy?: TimeReportGroupOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TimeReportScreenQuery = {
  /**
   * Sums of finished time, grouped by up to three keys. Without `report.view` the report covers only the viewer's own time.
   *
   * Errors: FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeReport: {
    /** The sums over the whole filtered set, counting each entry once. */
    totals: {
      /** The number of entries. */
      entryCount: number;
      /** The sum of the entries' durations. */
      minutes: number;
      /** The sum of the entries' billed minutes: each duration rounded up to the increment that applied when it was logged. */
      billedMinutes: number;
      /** The sum of the durations of billable entries. */
      billableMinutes: number;
      /** The number of billable entries without a rate, which the amounts leave out. */
      unpricedCount: number;
      /** The sum of the rounded amounts in each currency; empty if nothing has a price. */
      amounts: Array<{
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      }>;
    };
    /** The groups; empty without groupBy. */
    groups: {
      /** The number of rows in the whole list; counted only if selected. */
      totalCount: number;
      /** The position of the page in the list. */
      pageInfo: {
        /** Whether rows come after this page. */
        hasNextPage: boolean;
        /** The cursor of the last row, for `after`; null on an empty page. */
        endCursor: string | null;
      };
      /** The rows of the page. */
      nodes: Array<{
        /** Its keys, in the order of groupBy. */
        keys: Array<{
          /** The grouping key. */
          by: TimeReportGroupBy;
          /** The id of the member, company or label, the ticket's code, the day (`2026-11-25`), the week (`2026-W48`) or the month (`2026-11`); null for entries that have none. */
          key: string | null;
          /** The text to show for it; null for entries that have none, and for a company that the viewer can't see. */
          name: string | null;
          /** The first day of the day, week or month; null for other groupings. */
          startsOn: string | null;
        }>;
        /** Its sums. */
        totals: {
          /** The number of entries. */
          entryCount: number;
          /** The sum of the entries' durations. */
          minutes: number;
          /** The sum of the entries' billed minutes: each duration rounded up to the increment that applied when it was logged. */
          billedMinutes: number;
          /** The sum of the durations of billable entries. */
          billableMinutes: number;
          /** The number of billable entries without a rate, which the amounts leave out. */
          unpricedCount: number;
          /** The sum of the rounded amounts in each currency; empty if nothing has a price. */
          amounts: Array<{
            /** The amount. */
            amount: string;
            /** The currency. */
            currency: string;
          }>;
        };
      }>;
    };
  };
};

export type TimeSheetScreenQueryVariables = Exact<{
  filter?: TimeEntryFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TimeSheetScreenQuery = {
  /**
   * Returns the viewer's running timer, or null if none is running. Always null for API keys.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  runningTimer: {
    /** The global id. */
    id: string;
    /** When its timer was started; null if it was logged without one. */
    startedAt: string | null;
    /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
    isStale: boolean;
    /** A description of the work; can be empty. */
    description: string;
    /** Whether it is billable. */
    isBillable: boolean;
    /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
    } | null;
  } | null;
  /**
   * Logged time and running timers: those on tickets that the viewer can see, and the viewer's own.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntries: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The number of rows in the whole list; counted only if selected. */
    totalCount: number;
    /** The sums over the whole filtered list, not just the page; running timers don't count yet. */
    totals: {
      /** The sum of the entries' durations. */
      minutes: number;
      /** The sum of the durations of billable entries. */
      billableMinutes: number;
      /** The number of billable entries without a rate, which the amounts leave out. */
      unpricedCount: number;
      /** The sum of the rounded amounts in each currency; empty if nothing has a price. */
      amounts: Array<{
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      }>;
    };
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The day of the work; for a timer, the day it was started. */
      workedOn: string;
      /** The duration in minutes, 1 to 1,440; null while the timer runs. */
      durationMinutes: number | null;
      /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
      billedMinutes: number | null;
      /** A description of the work; can be empty. */
      description: string;
      /** Whether it is billable. */
      isBillable: boolean;
      /** Whether its timer is running. */
      isRunning: boolean;
      /** When its timer was started; null if it was logged without one. */
      startedAt: string | null;
      /** The ticket's code when the time was logged. */
      ticketCode: string;
      /** The ticket's subject when the time was logged. */
      ticketSubject: string;
      /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /**
       * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      amount: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
      invoiceReference: string | null;
      /** The version, for `expectedVersion`; it increases with every change. */
      version: number;
      /** What the viewer can do with it, by the same rules that the mutations enforce. */
      viewerCan: {
        /** Whether the viewer can change it; an invoiced entry is fixed. */
        update: boolean;
        /** Whether the viewer can delete it, or discard the running timer. */
        delete: boolean;
        /** Whether the viewer can stop it: true for their own running timer. */
        stop: boolean;
      };
    }>;
  };
};

export type TrashScreenQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type TrashScreenQuery = {
  /**
   * Lists the tickets that the viewer can see, the last active first unless `orderBy` is given.
   *
   * Needs the permission `ticket.view`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  tickets: {
    /** The number of rows in the whole list; counted only if selected. */
    totalCount: number;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
      };
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
    }>;
  };
};

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = {
  /**
   * The user's own sessions in all organizations, last used first; at most 200.
   *
   * Errors: RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  sessions: Array<{
    /** The id, for sessionRevoke. */
    id: string;
    /** Whether it is the session of this request. */
    isCurrent: boolean;
    /** The name that the device sent (User-Agent); null if it sent none. */
    userAgent: string | null;
    /** When the user signed in. */
    createdAt: string;
    /** When it was last refreshed. */
    lastUsedAt: string;
    /** When it expires unless refreshed. */
    expiresAt: string;
  }>;
};

export type PasswordChangeMutationVariables = Exact<{
  input: PasswordChangeInput;
}>;


export type PasswordChangeMutation = {
  /**
   * Changes the user's own password and ends all other sessions. Ignores the Idempotency-Key.
   *
   * Errors: FORBIDDEN, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  passwordChange: {
    /** The number of sessions that ended. */
    endedCount: number;
    /** The remaining sessions. */
    sessions: Array<{
      /** The id, for sessionRevoke. */
      id: string;
      /** Whether it is the session of this request. */
      isCurrent: boolean;
      /** The name that the device sent (User-Agent); null if it sent none. */
      userAgent: string | null;
      /** When the user signed in. */
      createdAt: string;
      /** When it was last refreshed. */
      lastUsedAt: string;
      /** When it expires unless refreshed. */
      expiresAt: string;
    }>;
  };
};

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = {
  /**
   * Exchanges a refresh token for new tokens. A token used a second time ends its session. Ignores the Idempotency-Key.
   *
   * Errors: RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  refreshSession: {
    /** The access token, for `Authorization: Bearer`; valid for 15 minutes. */
    accessToken: string;
    /** The number of seconds that the access token is valid. */
    expiresInSeconds: number;
    /** The organizations that the user belongs to, by name. With more than one, choose with the header `X-Organization-Id`. */
    memberships: Array<{
      /** The organization's id, for `X-Organization-Id`. */
      organizationId: string;
      /** The organization's name. */
      organizationName: string;
      /** The address of the organization's logo; null if there is none. */
      logoUrl: string | null;
      /** The user's member there. */
      memberId: string;
      /** The name of the user's role there. */
      roleName: string;
      /** Whether the user has access there. */
      isActive: boolean;
    }>;
    /** The refresh token, for refreshSession; works once, within 7 days. */
    refreshToken: string;
  };
};

export type SessionRevokeMutationVariables = Exact<{
  id: string;
}>;


export type SessionRevokeMutation = {
  /**
   * Ends one of the user's own sessions. Its tokens stop working from the next request on. Ignores the Idempotency-Key.
   *
   * Errors: NOT_FOUND, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  sessionRevoke: {
    /** The number of sessions that ended. */
    endedCount: number;
    /** The remaining sessions. */
    sessions: Array<{
      /** The id, for sessionRevoke. */
      id: string;
      /** Whether it is the session of this request. */
      isCurrent: boolean;
      /** The name that the device sent (User-Agent); null if it sent none. */
      userAgent: string | null;
      /** When the user signed in. */
      createdAt: string;
      /** When it was last refreshed. */
      lastUsedAt: string;
      /** When it expires unless refreshed. */
      expiresAt: string;
    }>;
  };
};

export type SessionsRevokeAllMutationVariables = Exact<{ [key: string]: never; }>;


export type SessionsRevokeAllMutation = {
  /**
   * Ends all of the user's own sessions except this one. Ignores the Idempotency-Key.
   *
   * Errors: RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  sessionsRevokeAll: {
    /** The number of sessions that ended. */
    endedCount: number;
    /** The remaining sessions. */
    sessions: Array<{
      /** The id, for sessionRevoke. */
      id: string;
      /** Whether it is the session of this request. */
      isCurrent: boolean;
      /** The name that the device sent (User-Agent); null if it sent none. */
      userAgent: string | null;
      /** When the user signed in. */
      createdAt: string;
      /** When it was last refreshed. */
      lastUsedAt: string;
      /** When it expires unless refreshed. */
      expiresAt: string;
    }>;
  };
};

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = {
  /**
   * Signs a user in. The answer to an unknown address and to a wrong password is the same. Ignores the Idempotency-Key.
   *
   * Errors: RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  signIn: {
    /** The access token, for `Authorization: Bearer`; valid for 15 minutes. */
    accessToken: string;
    /** The number of seconds that the access token is valid. */
    expiresInSeconds: number;
    /** The organizations that the user belongs to, by name. With more than one, choose with the header `X-Organization-Id`. */
    memberships: Array<{
      /** The organization's id, for `X-Organization-Id`. */
      organizationId: string;
      /** The organization's name. */
      organizationName: string;
      /** The address of the organization's logo; null if there is none. */
      logoUrl: string | null;
      /** The user's member there. */
      memberId: string;
      /** The name of the user's role there. */
      roleName: string;
      /** Whether the user has access there. */
      isActive: boolean;
    }>;
    /** The refresh token, for refreshSession; works once, within 7 days. */
    refreshToken: string;
  };
};

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = {
  /**
   * Ends the session of the access token. Ignores the Idempotency-Key.
   *
   * Errors: RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  signOut: {
    /** Always true: the session's tokens no longer work. */
    isSignedOut: boolean;
  };
};

export type TicketQueryVariables = Exact<{
  by: TicketRef;
}>;


export type TicketQuery = {
  /**
   * Returns one ticket. The code of a merged ticket finds the ticket that it was merged into; its id finds the merged ticket itself.
   *
   * Needs the permission `ticket.view`.
   *
   * Errors: FORBIDDEN, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticket: {
    /** The global id. */
    id: string;
    /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
    code: string;
    /** The subject, at most 300 characters. */
    subject: string;
    /** The status. */
    status: TicketStatus;
    /** The priority. */
    priority: TicketPriority;
    /** The channel that it came in through. */
    channel: TicketChannel;
    /** The id in another system, unique in the organization; null when there is none. */
    externalId: string | null;
    /** The customer. */
    contact: {
      /** The global id. */
      id: string;
      /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
      name: string;
      /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
      email: string | null;
    };
    /** The customer's company; null when there is none. */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
    } | null;
    /** The member who works on it; null when it is unassigned. */
    assignee: {
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
    } | null;
    /** The labels, by name; at most 50. */
    labels: Array<{
      /** The global id. */
      id: string;
      /** The name, unique in the organization ignoring case. */
      name: string;
      /** The colour that it is shown in. */
      color: string;
    }>;
    /** When it was opened. */
    createdAt: string;
    /** When its own fields last changed. */
    updatedAt: string;
    /** When its last public message was written. */
    lastActivityAt: string;
    /** When the oldest unanswered customer message was written; null when no customer is waiting. */
    waitingSince: string | null;
    /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
    firstRepliedAt: string | null;
    /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
    pendingUntil: string | null;
    /** When it was resolved; null while it isn't. */
    resolvedAt: string | null;
    /** When it was closed; null while it isn't. */
    closedAt: string | null;
    /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
    deletedAt: string | null;
    /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
    version: number;
  } | null;
};

export type TicketsQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: TicketFilter | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  orderBy?: TicketOrder | null | undefined;
}>;


export type TicketsQuery = {
  /**
   * Lists the tickets that the viewer can see, the last active first unless `orderBy` is given.
   *
   * Needs the permission `ticket.view`.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  tickets: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    }>;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** Whether rows come before this page. */
      hasPreviousPage: boolean;
      /** The cursor of the first row; null on an empty page. */
      startCursor: string | null;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
  };
};

export type MessageReceiveMutationVariables = Exact<{
  input: MessageReceiveInput;
  ticket: TicketRef;
}>;


export type MessageReceiveMutation = { messageReceive: { cursor: string, isChanged: boolean, message: { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } } | null, ticket: { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> } | null } | null };

export type TicketAssignMutationVariables = Exact<{
  input: TicketAssignInput;
  ticket: TicketRef;
}>;


export type TicketAssignMutation = {
  /**
   * Assigns a ticket to a member, or unassigns it. To take over a colleague's ticket, assign it to yourself.
   *
   * Needs the permission `ticket.assign`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketAssign: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The ticket as it is now; null when the viewer can no longer see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TicketCreateMutationVariables = Exact<{
  input: TicketCreateInput;
}>;


export type TicketCreateMutation = { ticketCreate: { cursor: string, isChanged: boolean, message: { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } } | null, ticket: { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> } | null } | null };

export type TicketDeleteMutationVariables = Exact<{
  ticket: TicketRef;
}>;


export type TicketDeleteMutation = {
  /**
   * Moves a ticket to the trash. It can be restored for 30 days; then it is purged with its messages.
   *
   * Needs the permission `ticket.delete`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketDelete: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the ticket in the trash. */
    deletedTicketId: string;
  } | null;
};

export type TicketLabelsUpdateMutationVariables = Exact<{
  input: TicketLabelsUpdateInput;
  ticket: TicketRef;
}>;


export type TicketLabelsUpdateMutation = {
  /**
   * Adds labels to a ticket and removes labels from it.
   *
   * Needs the permission `ticket.update`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketLabelsUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The ticket as it is now; null when the viewer can no longer see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TicketMergeMutationVariables = Exact<{
  into: TicketRef;
  ticket: TicketRef;
}>;


export type TicketMergeMutation = {
  /**
   * Moves a ticket's messages, time and participants to the kept ticket and closes it. From then on its code finds the kept ticket. If its contact differs from the kept ticket's, the contact becomes a participant there and gets the replies.
   *
   * Needs the permission `ticket.delete`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketMerge: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the ticket that was closed. */
    mergedTicketId: string;
    /** The kept ticket. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TicketNoteAddMutationVariables = Exact<{
  input: TicketNoteAddInput;
  ticket: TicketRef;
}>;


export type TicketNoteAddMutation = { ticketNoteAdd: { cursor: string, isChanged: boolean, message: { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } } | null, ticket: { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> } | null } | null };

export type TicketParticipantsUpdateMutationVariables = Exact<{
  input: TicketParticipantsUpdateInput;
  ticket: TicketRef;
}>;


export type TicketParticipantsUpdateMutation = {
  /**
   * Adds and removes participants: contacts who get a ticket's replies in addition to its own contact.
   *
   * Needs the permission `ticket.update`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketParticipantsUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The ticket as it is now; null when the viewer can no longer see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TicketReplyMutationVariables = Exact<{
  input: TicketReplyInput;
  ticket: TicketRef;
}>;


export type TicketReplyMutation = { ticketReply: { cursor: string, isChanged: boolean, message: { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } } | null, ticket: { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> } | null, timeEntry: { id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null } | null } | null };

export type TicketRestoreMutationVariables = Exact<{
  ticket: TicketRef;
}>;


export type TicketRestoreMutation = {
  /**
   * Restores a ticket from the trash as it was.
   *
   * Needs the permission `ticket.delete`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketRestore: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The ticket as it is now; null when the viewer can no longer see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TicketStatusSetMutationVariables = Exact<{
  input: TicketStatusSetInput;
  ticket: TicketRef;
}>;


export type TicketStatusSetMutation = {
  /**
   * Sets a ticket's status: forward to any later status, backward only to OPEN. Setting the same status changes nothing.
   *
   * Needs the permission `ticket.update`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, INVALID_STATUS_TRANSITION, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketStatusSet: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The ticket as it is now; null when the viewer can no longer see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TicketUpdateMutationVariables = Exact<{
  input: TicketUpdateInput;
  ticket: TicketRef;
}>;


export type TicketUpdateMutation = {
  /**
   * Changes a ticket's subject, priority, contact, company, labels or externalId, and with `moveTimeEntries` also the company of its time entries.
   *
   * Needs the permission `ticket.update`.
   *
   * Errors: ALREADY_EXISTS, CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** The number of the ticket's time entries that stayed with another company because they are on an invoice; null without `moveTimeEntries`. */
    invoicedTimeEntryCount: number | null;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The number of time entries that moved to the ticket's company; null without `moveTimeEntries`. */
    movedTimeEntryCount: number | null;
    /** The ticket as it is now; null when the viewer can no longer see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TicketsBulkUpdateMutationVariables = Exact<{
  input: TicketsBulkUpdateInput;
  tickets: ReadonlyArray<TicketRef> | TicketRef;
}>;


export type TicketsBulkUpdateMutation = {
  /**
   * Changes up to 100 tickets in one request: all or none of them, or each on its own (`mode`).
   *
   * Needs the permission `ticket.update` or `ticket.assign` or `ticket.delete`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, INVALID_STATUS_TRANSITION, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  ticketsBulkUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The result for each ticket, in the order of the input. */
    results: Array<{
      /** The error that left the ticket unchanged; null when it now has the requested values. */
      error: {
        /** The error code. */
        code: ErrorCode;
        /** The rule that was broken, and what to do next. */
        message: string;
      } | null;
      /** The ticket as it is now; null when it wasn't found or the viewer can no longer see it. */
      ticket: {
        /** The global id. */
        id: string;
        /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
        code: string;
        /** The subject, at most 300 characters. */
        subject: string;
        /** The status. */
        status: TicketStatus;
        /** The priority. */
        priority: TicketPriority;
        /** The channel that it came in through. */
        channel: TicketChannel;
        /** The id in another system, unique in the organization; null when there is none. */
        externalId: string | null;
        /** The customer. */
        contact: {
          /** The global id. */
          id: string;
          /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
          name: string;
          /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
          email: string | null;
        };
        /** The customer's company; null when there is none. */
        company: {
          /** The global id. */
          id: string;
          /** The name. */
          name: string;
        } | null;
        /** The member who works on it; null when it is unassigned. */
        assignee: {
          /** The global id. */
          id: string;
          /** The member's name in this organization. */
          name: string;
        } | null;
        /** The labels, by name; at most 50. */
        labels: Array<{
          /** The global id. */
          id: string;
          /** The name, unique in the organization ignoring case. */
          name: string;
          /** The colour that it is shown in. */
          color: string;
        }>;
        /** When it was opened. */
        createdAt: string;
        /** When its own fields last changed. */
        updatedAt: string;
        /** When its last public message was written. */
        lastActivityAt: string;
        /** When the oldest unanswered customer message was written; null when no customer is waiting. */
        waitingSince: string | null;
        /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
        firstRepliedAt: string | null;
        /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
        pendingUntil: string | null;
        /** When it was resolved; null while it isn't. */
        resolvedAt: string | null;
        /** When it was closed; null while it isn't. */
        closedAt: string | null;
        /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
        deletedAt: string | null;
        /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
        version: number;
      } | null;
    }>;
  } | null;
};

export type MessagesChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  ticket: TicketRef;
}>;


export type MessagesChangedSubscription = { messagesChanged: { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, message: { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } } | null, actor:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> } };

export type TicketChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  by: TicketRef;
}>;


export type TicketChangedSubscription = { ticketChanged: { cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, message: { id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
        | { __typename: 'ApiKey', id: string, name: string }
        | { __typename: 'Contact', id: string, name: string }
        | { __typename: 'Member', id: string, name: string }
        | { __typename: 'System', id: string, name: string }
      , delivery: { state: DeliveryState } } | null, ticket: { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> } | null, timeEntry: { id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null } | null, actor:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> } };

export type TicketCountsChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type TicketCountsChangedSubscription = {
  /**
   * Reports the counts of the viewer's queues immediately and then whenever they change, at most once a second. The latest state is always delivered.
   *
   * Needs the permission `ticket.view`.
   *
   * Errors: FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  ticketCountsChanged: {
    /** The position in the change log that the counts include; they may include later changes too. */
    cursor: string;
    /** The queues with their counts. */
    queues: Array<{
      /** The TicketFilter that lists its tickets, for `tickets(filter:)`. */
      filter: unknown;
      /** The queue's key. */
      key: QueueKey;
      /** The number of its tickets that the viewer can see. */
      ticketCount: number;
    }>;
  };
};

export type TicketsChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: TicketLiveFilter | null | undefined;
}>;


export type TicketsChangedSubscription = { ticketsChanged: { setChange: SetChange, ticketId: string, cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, ticket: { id: string, code: string, subject: string, status: TicketStatus, priority: TicketPriority, channel: TicketChannel, externalId: string | null, createdAt: string, updatedAt: string, lastActivityAt: string, waitingSince: string | null, firstRepliedAt: string | null, pendingUntil: string | null, resolvedAt: string | null, closedAt: string | null, deletedAt: string | null, version: number, contact: { id: string, name: string, email: string | null }, company: { id: string, name: string } | null, assignee: { id: string, name: string } | null, labels: Array<{ id: string, name: string, color: string }> } | null, actor:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> } };

export type TicketMessagesQueryVariables = Exact<{
  by: TicketRef;
  visibility?: MessageVisibility | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type TicketMessagesQuery = { ticket: { messages: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, nodes: Array<{ id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
          | { __typename: 'ApiKey', id: string, name: string }
          | { __typename: 'Contact', id: string, name: string }
          | { __typename: 'Member', id: string, name: string }
          | { __typename: 'System', id: string, name: string }
        , delivery: { state: DeliveryState } }> } } | null };

export type TicketTimelineQueryVariables = Exact<{
  by: TicketRef;
  kinds?: ReadonlyArray<TimelineKind> | TimelineKind | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type TicketTimelineQuery = { ticket: { timeline: { pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, nodes: Array<
        | { __typename: 'AssigneeChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , fromMember: { id: string, name: string } | null, toMember: { id: string, name: string } | null }
        | { __typename: 'CompanyChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , fromCompany: { id: string, name: string } | null, toCompany: { id: string, name: string } | null }
        | { __typename: 'ContactChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , fromContact: { id: string, name: string } | null, toContact: { id: string, name: string } | null }
        | { __typename: 'LabelsChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , addedLabels: Array<{ id: string, name: string }>, removedLabels: Array<{ id: string, name: string }> }
        | { __typename: 'Message', id: string, visibility: MessageVisibility, direction: MessageDirection | null, from: string | null, to: Array<string>, cc: Array<string>, bodyText: string, bodyHtml: string | null, externalId: string | null, isEdited: boolean, isDeleted: boolean, createdAt: string, updatedAt: string, version: number, author:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , delivery: { state: DeliveryState } }
        | { __typename: 'ParticipantsChange', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , addedContacts: Array<{ id: string, name: string }>, removedContacts: Array<{ id: string, name: string }> }
        | { __typename: 'PriorityChange', occurredAt: string, fromPriority: TicketPriority | null, toPriority: TicketPriority | null, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'StatusChange', occurredAt: string, fromStatus: TicketStatus | null, toStatus: TicketStatus | null, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'SubjectChange', occurredAt: string, fromSubject: string | null, toSubject: string | null, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'TicketCreatedEvent', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
        | { __typename: 'TicketMergeEvent', occurredAt: string, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
          , ticket: { id: string, code: string } | null }
        | { __typename: 'TrashChange', occurredAt: string, isDeleted: boolean, actor:
            | { __typename: 'ApiKey', id: string, name: string }
            | { __typename: 'Contact', id: string, name: string }
            | { __typename: 'Member', id: string, name: string }
            | { __typename: 'System', id: string, name: string }
           }
      > } } | null };

export type RunningTimerQueryVariables = Exact<{ [key: string]: never; }>;


export type RunningTimerQuery = {
  /**
   * Returns the viewer's running timer, or null if none is running. Always null for API keys.
   *
   * Errors: ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE.
   */
  runningTimer: {
    /** The global id. */
    id: string;
    /** The ticket's code when the time was logged. */
    ticketCode: string;
    /** The ticket's subject when the time was logged. */
    ticketSubject: string;
    /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
    } | null;
    /** The member whose time it is. */
    member: {
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
    };
    /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
    company: {
      /** The global id. */
      id: string;
      /** The name. */
      name: string;
    } | null;
    /** A description of the work; can be empty. */
    description: string;
    /** The day of the work; for a timer, the day it was started. */
    workedOn: string;
    /** The duration in minutes, 1 to 1,440; null while the timer runs. */
    durationMinutes: number | null;
    /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
    billedMinutes: number | null;
    /** Whether it is billable. */
    isBillable: boolean;
    /**
     * The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    rate: {
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    } | null;
    /**
     * The source of the rate; null while the timer runs, and if the viewer lacks the permission.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    rateSource: RateSource | null;
    /**
     * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
     *
     * Needs the permission `report.view` or `time.manage` or `team.manage`.
     */
    amount: {
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    } | null;
    /** When its timer was started; null if it was logged without one. */
    startedAt: string | null;
    /** Whether its timer is running. */
    isRunning: boolean;
    /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
    isStale: boolean;
    /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
    invoiceReference: string | null;
    /** The date of the invoice; null if it isn't on one. */
    invoicedOn: string | null;
    /** When it was logged or started. */
    createdAt: string;
    /** When it was last changed. */
    updatedAt: string;
    /** The version, for `expectedVersion`; it increases with every change. */
    version: number;
  } | null;
};

export type TimeEntriesQueryVariables = Exact<{
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: TimeEntryFilter | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
  orderBy?: TimeEntryOrder | null | undefined;
}>;


export type TimeEntriesQuery = {
  /**
   * Logged time and running timers: those on tickets that the viewer can see, and the viewer's own.
   *
   * Errors: CURSOR_EXPIRED, FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntries: {
    /** The change-log position just before the rows were read. Reading changes from here misses nothing. */
    asOf: string;
    /** The rows of the page. */
    nodes: Array<{
      /** The global id. */
      id: string;
      /** The ticket's code when the time was logged. */
      ticketCode: string;
      /** The ticket's subject when the time was logged. */
      ticketSubject: string;
      /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
      ticket: {
        /** The global id. */
        id: string;
      } | null;
      /** The member whose time it is. */
      member: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      };
      /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** A description of the work; can be empty. */
      description: string;
      /** The day of the work; for a timer, the day it was started. */
      workedOn: string;
      /** The duration in minutes, 1 to 1,440; null while the timer runs. */
      durationMinutes: number | null;
      /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
      billedMinutes: number | null;
      /** Whether it is billable. */
      isBillable: boolean;
      /**
       * The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The source of the rate; null while the timer runs, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rateSource: RateSource | null;
      /**
       * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      amount: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** When its timer was started; null if it was logged without one. */
      startedAt: string | null;
      /** Whether its timer is running. */
      isRunning: boolean;
      /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
      isStale: boolean;
      /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
      invoiceReference: string | null;
      /** The date of the invoice; null if it isn't on one. */
      invoicedOn: string | null;
      /** When it was logged or started. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version, for `expectedVersion`; it increases with every change. */
      version: number;
    }>;
    /** The position of the page in the list. */
    pageInfo: {
      /** Whether rows come after this page. */
      hasNextPage: boolean;
      /** Whether rows come before this page. */
      hasPreviousPage: boolean;
      /** The cursor of the first row; null on an empty page. */
      startCursor: string | null;
      /** The cursor of the last row, for `after`; null on an empty page. */
      endCursor: string | null;
    };
    /** The sums over the whole filtered list, not just the page; running timers don't count yet. */
    totals: {
      /** The number of entries. */
      entryCount: number;
      /** The sum of the entries' durations. */
      minutes: number;
      /** The sum of the durations of billable entries. */
      billableMinutes: number;
      /** The sum of the entries' billed minutes: each duration rounded up to the increment that applied when it was logged. */
      billedMinutes: number;
      /** The number of billable entries without a rate, which the amounts leave out. */
      unpricedCount: number;
      /** The sum of the rounded amounts in each currency; empty if nothing has a price. */
      amounts: Array<{
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      }>;
    };
  };
};

export type TimeReportQueryVariables = Exact<{
  filter?: TimeEntryFilter | null | undefined;
  groupBy?: ReadonlyArray<TimeReportGroupBy> | TimeReportGroupBy | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  orderBy?: TimeReportGroupOrder | null | undefined;
}>;


export type TimeReportQuery = {
  /**
   * Sums of finished time, grouped by up to three keys. Without `report.view` the report covers only the viewer's own time.
   *
   * Errors: FORBIDDEN, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeReport: {
    /** The sums over the whole filtered set, counting each entry once. */
    totals: {
      /** The number of entries. */
      entryCount: number;
      /** The sum of the entries' durations. */
      minutes: number;
      /** The sum of the durations of billable entries. */
      billableMinutes: number;
      /** The sum of the entries' billed minutes: each duration rounded up to the increment that applied when it was logged. */
      billedMinutes: number;
      /** The number of billable entries without a rate, which the amounts leave out. */
      unpricedCount: number;
      /** The sum of the rounded amounts in each currency; empty if nothing has a price. */
      amounts: Array<{
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      }>;
    };
    /** The groups; empty without groupBy. */
    groups: {
      /** The position of the page in the list. */
      pageInfo: {
        /** Whether rows come after this page. */
        hasNextPage: boolean;
        /** Whether rows come before this page. */
        hasPreviousPage: boolean;
        /** The cursor of the first row; null on an empty page. */
        startCursor: string | null;
        /** The cursor of the last row, for `after`; null on an empty page. */
        endCursor: string | null;
      };
      /** The rows of the page. */
      nodes: Array<{
        /** Its keys, in the order of groupBy. */
        keys: Array<{
          /** The grouping key. */
          by: TimeReportGroupBy;
          /** The id of the member, company or label, the ticket's code, the day (`2026-11-25`), the week (`2026-W48`) or the month (`2026-11`); null for entries that have none. */
          key: string | null;
          /** The text to show for it; null for entries that have none, and for a company that the viewer can't see. */
          name: string | null;
          /** The first day of the day, week or month; null for other groupings. */
          startsOn: string | null;
        }>;
        /** Its sums. */
        totals: {
          /** The number of entries. */
          entryCount: number;
          /** The sum of the entries' durations. */
          minutes: number;
          /** The sum of the durations of billable entries. */
          billableMinutes: number;
          /** The sum of the entries' billed minutes: each duration rounded up to the increment that applied when it was logged. */
          billedMinutes: number;
          /** The number of billable entries without a rate, which the amounts leave out. */
          unpricedCount: number;
          /** The sum of the rounded amounts in each currency; empty if nothing has a price. */
          amounts: Array<{
            /** The amount. */
            amount: string;
            /** The currency. */
            currency: string;
          }>;
        };
      }>;
    };
  };
};

export type TimeEntriesInvoiceMutationVariables = Exact<{
  input: TimeEntriesInvoiceInput;
}>;


export type TimeEntriesInvoiceMutation = {
  /**
   * Puts time entries on an invoice, all or nothing; they are fixed from then on. A dry run shows the count and sums that the real call must pass as `expected`.
   *
   * Needs the permission `time.manage`.
   *
   * Errors: CONFLICT, ENTRY_INVOICED, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntriesInvoice: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The invoice's reference, for `timeEntries(filter: {invoiceReference: {eq: …}})`. */
    invoiceReference: string;
    /** Whether this was a dry run, which changes nothing. */
    isDryRun: boolean;
    /** What this call puts, or in a dry run would put, on the invoice. */
    summary: {
      /** The sum in each currency, in the form that `expected` takes. */
      amounts: Array<{
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      }>;
      /** The sum of the entries' billed minutes. */
      billedMinutes: number;
      /** The number of time entries. */
      entryCount: number;
      /** The number of entries already on the invoice, not counting these; 0 for a new reference. */
      existingEntryCount: number;
      /** The sum of the entries' durations. */
      minutes: number;
      /** In a dry run, the reasons why the call would be refused, as sentences; empty if it would succeed. */
      problems: Array<string>;
      /** The number of entries without a rate; any such entry makes the call fail. */
      unpricedCount: number;
    };
  } | null;
};

export type TimeEntriesRepriceMutationVariables = Exact<{
  input: TimeEntriesRepriceInput;
}>;


export type TimeEntriesRepriceMutation = {
  /**
   * Reprices finished time entries at the current rates. Entries on an invoice or with a rate of their own stay as they are; minutes never change.
   *
   * Needs the permission `time.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntriesReprice: {
    /** The totals after repricing, over the same entries. */
    amountsAfter: Array<{
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    }>;
    /** The totals before repricing, over all selected entries. */
    amountsBefore: Array<{
      /** The amount. */
      amount: string;
      /** The currency. */
      currency: string;
    }>;
    /** The number of entries whose price changed, or in a dry run would change. */
    changedCount: number;
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** Whether this was a dry run, which changes nothing. */
    isDryRun: boolean;
    /** The number of given ids that were skipped: on an invoice, with a rate of their own, or running. */
    skippedCount: number;
    /** The number of entries whose price stays the same. */
    unchangedCount: number;
    /** The number of billable entries without a rate afterwards. */
    unpricedCount: number;
  } | null;
};

export type TimeEntriesUninvoiceMutationVariables = Exact<{
  input: TimeEntriesUninvoiceInput;
}>;


export type TimeEntriesUninvoiceMutation = {
  /**
   * Takes all time entries off an invoice; they can be changed and invoiced again.
   *
   * Needs the permission `time.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntriesUninvoice: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The number of time entries that the invoice had. */
    entryCount: number;
    /** The invoice's reference. */
    invoiceReference: string;
  } | null;
};

export type TimeEntryCreateMutationVariables = Exact<{
  input: TimeEntryCreateInput;
  ticket: TicketRef;
}>;


export type TimeEntryCreateMutation = {
  /**
   * Logs time on a ticket. The first rate set applies: the entry's, the company's, the member's, then the organization's.
   *
   * Needs the permission `time.log` or `time.manage`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntryCreate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** Its ticket; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
    /** The time entry; null if the viewer can't see it (any more). */
    timeEntry: {
      /** The global id. */
      id: string;
      /** The ticket's code when the time was logged. */
      ticketCode: string;
      /** The ticket's subject when the time was logged. */
      ticketSubject: string;
      /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
      ticket: {
        /** The global id. */
        id: string;
      } | null;
      /** The member whose time it is. */
      member: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      };
      /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** A description of the work; can be empty. */
      description: string;
      /** The day of the work; for a timer, the day it was started. */
      workedOn: string;
      /** The duration in minutes, 1 to 1,440; null while the timer runs. */
      durationMinutes: number | null;
      /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
      billedMinutes: number | null;
      /** Whether it is billable. */
      isBillable: boolean;
      /**
       * The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The source of the rate; null while the timer runs, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rateSource: RateSource | null;
      /**
       * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      amount: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** When its timer was started; null if it was logged without one. */
      startedAt: string | null;
      /** Whether its timer is running. */
      isRunning: boolean;
      /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
      isStale: boolean;
      /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
      invoiceReference: string | null;
      /** The date of the invoice; null if it isn't on one. */
      invoicedOn: string | null;
      /** When it was logged or started. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version, for `expectedVersion`; it increases with every change. */
      version: number;
    } | null;
  } | null;
};

export type TimeEntryDeleteMutationVariables = Exact<{
  expectedVersion?: number | null | undefined;
  id: string;
}>;


export type TimeEntryDeleteMutation = {
  /**
   * Deletes a time entry: your own, or anyone's with `time.manage`. Invoiced entries can't be deleted.
   *
   * Needs the permission `time.log` or `time.manage`.
   *
   * Errors: CONFLICT, ENTRY_INVOICED, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntryDelete: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the deleted entry. */
    deletedTimeEntryId: string;
    /** Its ticket; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TimeEntryUpdateMutationVariables = Exact<{
  id: string;
  input: TimeEntryUpdateInput;
}>;


export type TimeEntryUpdateMutation = {
  /**
   * Changes a time entry: your own, or anyone's with `time.manage`. Invoiced entries can't be changed.
   *
   * Needs the permission `time.log` or `time.manage`.
   *
   * Errors: CONFLICT, ENTRY_INVOICED, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timeEntryUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** Its ticket; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
    /** The time entry; null if the viewer can't see it (any more). */
    timeEntry: {
      /** The global id. */
      id: string;
      /** The ticket's code when the time was logged. */
      ticketCode: string;
      /** The ticket's subject when the time was logged. */
      ticketSubject: string;
      /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
      ticket: {
        /** The global id. */
        id: string;
      } | null;
      /** The member whose time it is. */
      member: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      };
      /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** A description of the work; can be empty. */
      description: string;
      /** The day of the work; for a timer, the day it was started. */
      workedOn: string;
      /** The duration in minutes, 1 to 1,440; null while the timer runs. */
      durationMinutes: number | null;
      /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
      billedMinutes: number | null;
      /** Whether it is billable. */
      isBillable: boolean;
      /**
       * The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The source of the rate; null while the timer runs, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rateSource: RateSource | null;
      /**
       * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      amount: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** When its timer was started; null if it was logged without one. */
      startedAt: string | null;
      /** Whether its timer is running. */
      isRunning: boolean;
      /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
      isStale: boolean;
      /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
      invoiceReference: string | null;
      /** The date of the invoice; null if it isn't on one. */
      invoicedOn: string | null;
      /** When it was logged or started. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version, for `expectedVersion`; it increases with every change. */
      version: number;
    } | null;
  } | null;
};

export type TimerDiscardMutationVariables = Exact<{ [key: string]: never; }>;


export type TimerDiscardMutation = {
  /**
   * Discards the viewer's timer without saving its time. Works without `time.log` too.
   *
   * Errors: CONFLICT, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timerDiscard: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The id of the discarded timer. */
    deletedTimeEntryId: string;
    /** Its ticket; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
  } | null;
};

export type TimerStartMutationVariables = Exact<{
  input?: TimerStartInput | null | undefined;
  ticket: TicketRef;
}>;


export type TimerStartMutation = {
  /**
   * Starts the viewer's timer on a ticket. If the viewer's timer already runs on this ticket, it continues unchanged, whatever the input says (`isChanged: false`). If it runs on another ticket, it is stopped and saved, or discarded if it was started less than 10 seconds ago and has no description; the payload shows which. A timer that has run for more than 10 hours must first be stopped with a duration (TIMER_TOO_LONG).
   *
   * Needs the permission `time.log`.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, TIMER_TOO_LONG, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timerStart: {
    /** The position of this change in the change log. */
    cursor: string;
    /** The id of the previous timer that this call discarded, because it was started less than 10 seconds ago; null if none was. */
    droppedTimeEntryId: string | null;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The entry of the previous timer that this call stopped; null if none was stopped. */
    stoppedTimeEntry: {
      /** The global id. */
      id: string;
      /** The ticket's code when the time was logged. */
      ticketCode: string;
      /** The ticket's subject when the time was logged. */
      ticketSubject: string;
      /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
      ticket: {
        /** The global id. */
        id: string;
      } | null;
      /** The member whose time it is. */
      member: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      };
      /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** A description of the work; can be empty. */
      description: string;
      /** The day of the work; for a timer, the day it was started. */
      workedOn: string;
      /** The duration in minutes, 1 to 1,440; null while the timer runs. */
      durationMinutes: number | null;
      /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
      billedMinutes: number | null;
      /** Whether it is billable. */
      isBillable: boolean;
      /**
       * The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The source of the rate; null while the timer runs, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rateSource: RateSource | null;
      /**
       * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      amount: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** When its timer was started; null if it was logged without one. */
      startedAt: string | null;
      /** Whether its timer is running. */
      isRunning: boolean;
      /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
      isStale: boolean;
      /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
      invoiceReference: string | null;
      /** The date of the invoice; null if it isn't on one. */
      invoicedOn: string | null;
      /** When it was logged or started. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version, for `expectedVersion`; it increases with every change. */
      version: number;
    } | null;
    /** Its ticket; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
    /** The time entry; null if the viewer can't see it (any more). */
    timeEntry: {
      /** The global id. */
      id: string;
      /** The ticket's code when the time was logged. */
      ticketCode: string;
      /** The ticket's subject when the time was logged. */
      ticketSubject: string;
      /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
      ticket: {
        /** The global id. */
        id: string;
      } | null;
      /** The member whose time it is. */
      member: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      };
      /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** A description of the work; can be empty. */
      description: string;
      /** The day of the work; for a timer, the day it was started. */
      workedOn: string;
      /** The duration in minutes, 1 to 1,440; null while the timer runs. */
      durationMinutes: number | null;
      /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
      billedMinutes: number | null;
      /** Whether it is billable. */
      isBillable: boolean;
      /**
       * The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The source of the rate; null while the timer runs, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rateSource: RateSource | null;
      /**
       * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      amount: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** When its timer was started; null if it was logged without one. */
      startedAt: string | null;
      /** Whether its timer is running. */
      isRunning: boolean;
      /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
      isStale: boolean;
      /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
      invoiceReference: string | null;
      /** The date of the invoice; null if it isn't on one. */
      invoicedOn: string | null;
      /** When it was logged or started. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version, for `expectedVersion`; it increases with every change. */
      version: number;
    } | null;
  } | null;
};

export type TimerStopMutationVariables = Exact<{
  input?: TimerStopInput | null | undefined;
}>;


export type TimerStopMutation = {
  /**
   * Stops the viewer's timer and saves its time, rounded up to whole minutes unless a duration is given. Works without `time.log` too.
   *
   * Errors: CONFLICT, IDEMPOTENCY_MISMATCH, NOT_FOUND, ORGANIZATION_REQUIRED, RATE_LIMITED, TIMER_TOO_LONG, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  timerStop: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** Its ticket; null if it was deleted or the viewer can't see it. */
    ticket: {
      /** The global id. */
      id: string;
      /** The code: prefix and number, such as `ACME-42`. It never changes and is never reused. */
      code: string;
      /** The subject, at most 300 characters. */
      subject: string;
      /** The status. */
      status: TicketStatus;
      /** The priority. */
      priority: TicketPriority;
      /** The channel that it came in through. */
      channel: TicketChannel;
      /** The id in another system, unique in the organization; null when there is none. */
      externalId: string | null;
      /** The customer. */
      contact: {
        /** The global id. */
        id: string;
        /** The name. Without `contact.view`, if you named the contact by its address, you see the name that was typed. */
        name: string;
        /** The primary address; null when the contact has none. Without `contact.view`, if you named the contact by its address, you see the address that was typed. */
        email: string | null;
      };
      /** The customer's company; null when there is none. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** The member who works on it; null when it is unassigned. */
      assignee: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      } | null;
      /** The labels, by name; at most 50. */
      labels: Array<{
        /** The global id. */
        id: string;
        /** The name, unique in the organization ignoring case. */
        name: string;
        /** The colour that it is shown in. */
        color: string;
      }>;
      /** When it was opened. */
      createdAt: string;
      /** When its own fields last changed. */
      updatedAt: string;
      /** When its last public message was written. */
      lastActivityAt: string;
      /** When the oldest unanswered customer message was written; null when no customer is waiting. */
      waitingSince: string | null;
      /** When the first reply to the customer was written; null before. A first message given as `outbound` doesn't count, because it answers nothing. */
      firstRepliedAt: string | null;
      /** When a PENDING ticket becomes OPEN again automatically; null when it doesn't. */
      pendingUntil: string | null;
      /** When it was resolved; null while it isn't. */
      resolvedAt: string | null;
      /** When it was closed; null while it isn't. */
      closedAt: string | null;
      /** When it was moved to the trash; null when it isn't there. It is purged 30 days later. */
      deletedAt: string | null;
      /** The version, which counts the changes to the ticket's own fields; send it as `expectedVersion`. */
      version: number;
    } | null;
    /** The time entry; null if the viewer can't see it (any more). */
    timeEntry: {
      /** The global id. */
      id: string;
      /** The ticket's code when the time was logged. */
      ticketCode: string;
      /** The ticket's subject when the time was logged. */
      ticketSubject: string;
      /** The ticket, after a merge the kept one; null if it was deleted or the viewer can't see it. */
      ticket: {
        /** The global id. */
        id: string;
      } | null;
      /** The member whose time it is. */
      member: {
        /** The global id. */
        id: string;
        /** The member's name in this organization. */
        name: string;
      };
      /** The company that the ticket had when the time was logged; null if there was none or the viewer can't see it. */
      company: {
        /** The global id. */
        id: string;
        /** The name. */
        name: string;
      } | null;
      /** A description of the work; can be empty. */
      description: string;
      /** The day of the work; for a timer, the day it was started. */
      workedOn: string;
      /** The duration in minutes, 1 to 1,440; null while the timer runs. */
      durationMinutes: number | null;
      /** The duration in minutes, rounded up to the billing increment that applied when it was logged; null while the timer runs. */
      billedMinutes: number | null;
      /** Whether it is billable. */
      isBillable: boolean;
      /**
       * The hourly rate, frozen when the time was logged; null while the timer runs, without a rate, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /**
       * The source of the rate; null while the timer runs, and if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      rateSource: RateSource | null;
      /**
       * Billed minutes / 60 x rate, rounded half up to the currency's minor unit; 0 if not billable; null while the timer runs, without a rate, and for viewers who can't see it.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      amount: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** When its timer was started; null if it was logged without one. */
      startedAt: string | null;
      /** Whether its timer is running. */
      isRunning: boolean;
      /** Whether its timer has run for more than 10 hours; stopping it then requires a duration. */
      isStale: boolean;
      /** The reference of its invoice; null if it isn't on one. An invoiced entry is fixed. */
      invoiceReference: string | null;
      /** The date of the invoice; null if it isn't on one. */
      invoicedOn: string | null;
      /** When it was logged or started. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version, for `expectedVersion`; it increases with every change. */
      version: number;
    } | null;
  } | null;
};

export type TimeEntriesChangedSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: TimeEntryLiveFilter | null | undefined;
}>;


export type TimeEntriesChangedSubscription = { timeEntriesChanged: { setChange: SetChange, timeEntryId: string, cursor: string, kinds: Array<ChangeKind>, occurredAt: string, subjectType: ChangeSubjectType, subjectId: string, timeEntry: { id: string, ticketCode: string, ticketSubject: string, description: string, workedOn: string, durationMinutes: number | null, billedMinutes: number | null, isBillable: boolean, rateSource: RateSource | null, startedAt: string | null, isRunning: boolean, isStale: boolean, invoiceReference: string | null, invoicedOn: string | null, createdAt: string, updatedAt: string, version: number, ticket: { id: string } | null, member: { id: string, name: string }, company: { id: string, name: string } | null, rate: { amount: string, currency: string } | null, amount: { amount: string, currency: string } | null } | null, actor:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , fieldChanges: Array<{ field: string, before: unknown, after: unknown }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { roleName: string, actor:
      | { __typename: 'ApiKey', id: string, name: string }
      | { __typename: 'Contact', id: string, name: string }
      | { __typename: 'Member', id: string, name: string }
      | { __typename: 'System', id: string, name: string }
    , organization: { id: string, name: string, ticketPrefix: string, timeZone: string, defaultCurrency: string, logoUrl: string | null, primaryColor: string | null, billingIncrementMinutes: number, createdAt: string, updatedAt: string, version: number, defaultHourlyRate: { amount: string, currency: string } | null }, permissions: Array<{ permission: Permission, reach: Reach | null }>, memberships: Array<{ organizationId: string, organizationName: string, logoUrl: string | null, memberId: string, roleName: string, isActive: boolean }> } };

export type ViewerUpdateMutationVariables = Exact<{
  input: ViewerUpdateInput;
}>;


export type ViewerUpdateMutation = {
  /**
   * Changes the signed-in member's own profile.
   *
   * Errors: CONFLICT, FORBIDDEN, IDEMPOTENCY_MISMATCH, ORGANIZATION_REQUIRED, RATE_LIMITED, UNAUTHENTICATED, UNAVAILABLE, VALIDATION.
   */
  viewerUpdate: {
    /** The position of this change in the change log. */
    cursor: string;
    /** Whether anything was changed; false if nothing needed changing, and for a dry run. */
    isChanged: boolean;
    /** The member in its current state. */
    member: {
      /** The global id. */
      id: string;
      /** The member's name in this organization. */
      name: string;
      /** The user's e-mail address. */
      email: string;
      /** The member's role, which says what they can do. */
      role: {
        /** The global id. */
        id: string;
        /** The name, unique ignoring case. */
        name: string;
      };
      /**
       * The hourly rate, in the organization's default currency; null if not set, or if the viewer lacks the permission.
       *
       * Needs the permission `report.view` or `time.manage` or `team.manage`.
       */
      hourlyRate: {
        /** The amount. */
        amount: string;
        /** The currency. */
        currency: string;
      } | null;
      /** Whether the member has access; also false for members who left. */
      isActive: boolean;
      /** When the membership ended; null while it lasts. If invited again, the user returns as the same member. */
      leftAt: string | null;
      /** When the member joined. */
      createdAt: string;
      /** When it was last changed. */
      updatedAt: string;
      /** The version; it increases with every change. */
      version: number;
    };
  } | null;
};

/** Which method stands for which root field: `resource.method`, in the words of the product. */
export const methods: Record<string, Record<string, Method>> = {
  tickets: {
    list: { query: "tickets" },
    get: { query: "ticket" },
    create: { mutation: "ticketCreate" },
    update: { mutation: "ticketUpdate" },
    reply: { mutation: "ticketReply" },
    addNote: { mutation: "ticketNoteAdd" },
    receive: { mutation: "messageReceive" },
    assign: { mutation: "ticketAssign" },
    setStatus: { mutation: "ticketStatusSet" },
    updateLabels: { mutation: "ticketLabelsUpdate" },
    updateParticipants: { mutation: "ticketParticipantsUpdate" },
    bulkUpdate: { mutation: "ticketsBulkUpdate" },
    merge: { mutation: "ticketMerge" },
    delete: { mutation: "ticketDelete" },
    restore: { mutation: "ticketRestore" },
    messages: { query: "ticket", below: "messages", document: "TicketMessages" },
    timeline: { query: "ticket", below: "timeline", document: "TicketTimeline" },
    changes: { subscription: "ticketsChanged", snapshot: "tickets" },
    activity: { subscription: "ticketChanged" },
    messageChanges: { subscription: "messagesChanged" },
    counts: { subscription: "ticketCountsChanged" },
  },
  messages: {
    get: { query: "message" },
  },
  contacts: {
    list: { query: "contacts" },
    get: { query: "contact" },
    create: { mutation: "contactCreate" },
    update: { mutation: "contactUpdate" },
    upsert: { mutation: "contactUpsert" },
    upsertMany: { mutation: "contactsUpsert" },
    merge: { mutation: "contactMerge" },
    delete: { mutation: "contactDelete" },
    anonymize: { mutation: "contactAnonymize" },
  },
  companies: {
    list: { query: "companies" },
    get: { query: "company" },
    create: { mutation: "companyCreate" },
    update: { mutation: "companyUpdate" },
    upsert: { mutation: "companyUpsert" },
    upsertMany: { mutation: "companiesUpsert" },
    merge: { mutation: "companyMerge" },
    archive: { mutation: "companyArchive" },
    delete: { mutation: "companyDelete" },
  },
  labels: {
    list: { query: "labels" },
    get: { query: "label" },
    create: { mutation: "labelCreate" },
    update: { mutation: "labelUpdate" },
    merge: { mutation: "labelMerge" },
    delete: { mutation: "labelDelete" },
  },
  members: {
    list: { query: "members" },
    get: { query: "member" },
    add: { mutation: "memberAdd" },
    update: { mutation: "memberUpdate" },
    remove: { mutation: "memberRemove" },
  },
  invitations: {
    list: { query: "invitations" },
    preview: { query: "invitation" },
    create: { mutation: "memberInvite" },
    resend: { mutation: "invitationResend" },
    revoke: { mutation: "invitationRevoke" },
    accept: { mutation: "invitationAccept" },
  },
  roles: {
    list: { query: "roles" },
    get: { query: "role" },
    permissions: { query: "permissions" },
    create: { mutation: "roleCreate" },
    update: { mutation: "roleUpdate" },
    delete: { mutation: "roleDelete" },
  },
  time: {
    list: { query: "timeEntries" },
    log: { mutation: "timeEntryCreate" },
    update: { mutation: "timeEntryUpdate" },
    delete: { mutation: "timeEntryDelete" },
    running: { query: "runningTimer" },
    start: { mutation: "timerStart" },
    stop: { mutation: "timerStop" },
    discard: { mutation: "timerDiscard" },
    report: { query: "timeReport" },
    invoice: { mutation: "timeEntriesInvoice" },
    uninvoice: { mutation: "timeEntriesUninvoice" },
    reprice: { mutation: "timeEntriesReprice" },
    changes: { subscription: "timeEntriesChanged", snapshot: "timeEntries" },
  },
  changes: {
    list: { query: "changes" },
    follow: { subscription: "changes" },
  },
  apiKeys: {
    list: { query: "apiKeys" },
    create: { mutation: "apiKeyCreate" },
    revoke: { mutation: "apiKeyRevoke" },
  },
  sessions: {
    list: { query: "sessions" },
    signIn: { mutation: "signIn" },
    refresh: { mutation: "refreshSession" },
    signOut: { mutation: "signOut" },
    changePassword: { mutation: "passwordChange" },
    revoke: { mutation: "sessionRevoke" },
    revokeAll: { mutation: "sessionsRevokeAll" },
  },
  organization: {
    get: { query: "organization" },
    create: { mutation: "organizationCreate" },
    update: { mutation: "organizationUpdate" },
  },
  viewer: {
    get: { query: "viewer" },
    update: { mutation: "viewerUpdate" },
  },
  nodes: {
    get: { query: "node" },
    getMany: { query: "nodes" },
  },
};

export interface Method {
  query?: string;
  mutation?: string;
  subscription?: string;
  /** A connection inside of the root field's answer. */
  below?: string;
  /** The document's name. Default: the root field's. */
  document?: string;
  /** The list that tells the set of a subscription anew. */
  snapshot?: string;
}

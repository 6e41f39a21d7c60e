/** What is measured: a document, and for reads the one statement that gives the same answer by hand. */
export interface Case {
  name: string;
  query: string;
  variables: (turn: number) => Record<string, unknown>;
  /** The limit: $1 is the organization, $2 the code of the thread; gives the data as JSON text. Null for writes. */
  statement: string | null;
}

export function casesFor(threadCode: string): Case[] {
  let counter = 0;
  return [
    {
      name: "ticket list of 25",
      query:
        "query List { tickets(filter: { status: { eq: OPEN } }, first: 25) { nodes { code subject status priority assignee { name } contact { name email } company { name } labels { name color } } } }",
      variables: () => ({}),
      statement: `select json_build_object('tickets', json_build_object('nodes', coalesce(json_agg(json_build_object(
          'code', t.code, 'subject', t.subject, 'status', t.status, 'priority', (array['LOW','NORMAL','HIGH','URGENT'])[1 + t.priority],
          'assignee', (select json_build_object('name', m.name) from members m where m.organization_id = $1 and m.id = t.assignee_id),
          'contact', (select json_build_object('name', c.name, 'email', c.email) from contacts c where c.organization_id = $1 and c.id = t.contact_id),
          'company', (select json_build_object('name', c.name) from companies c where c.organization_id = $1 and c.id = t.company_id),
          'labels', (select coalesce(json_agg(json_build_object('name', l.name, 'color', l.color) order by l.name_key), '[]')
            from ticket_labels tl join labels l on l.organization_id = $1 and l.id = tl.label_id where tl.organization_id = $1 and tl.ticket_id = t.id)
        ) order by t.last_activity_at desc, t.id desc), '[]')))::text as data
        from (select * from tickets where organization_id = $1 and status = 'OPEN' and deleted_at is null
          order by last_activity_at desc, id desc limit 25) t where $2 <> ''`,
    },
    {
      name: "thread of 50",
      query:
        "query Thread($code: String!) { ticket(by: { code: $code }) { code subject contact { name } messages(first: 50) { nodes { visibility direction bodyText author { name } } } } }",
      variables: () => ({ code: threadCode }),
      statement: `select json_build_object('ticket', json_build_object('code', t.code, 'subject', t.subject,
          'contact', (select json_build_object('name', c.name) from contacts c where c.organization_id = $1 and c.id = t.contact_id),
          'messages', json_build_object('nodes', (select coalesce(json_agg(json_build_object('visibility', m.visibility, 'direction', m.direction,
              'bodyText', m.body_text, 'author', json_build_object('name', coalesce(
                (select name from members a where a.organization_id = $1 and a.id = m.author_member_id),
                (select name from contacts a where a.organization_id = $1 and a.id = m.author_contact_id)))) order by m.created_at, m.id), '[]')
            from (select * from messages where organization_id = $1 and ticket_id = t.id order by created_at, id limit 50) m))))::text as data
        from tickets t where t.organization_id = $1 and t.code = $2`,
    },
    {
      name: "queue bar",
      query: "query Bar { viewer { queues { key ticketCount } } }",
      variables: () => ({}),
      statement: `select json_build_object('viewer', json_build_object('queues', json_build_array(
          json_build_object('key', 'OPEN', 'ticketCount', count(*) filter (where status = 'OPEN')),
          json_build_object('key', 'PENDING', 'ticketCount', count(*) filter (where status = 'PENDING')),
          json_build_object('key', 'RESOLVED', 'ticketCount', count(*) filter (where status = 'RESOLVED')),
          json_build_object('key', 'CLOSED', 'ticketCount', count(*) filter (where status = 'CLOSED')),
          json_build_object('key', 'MINE', 'ticketCount', 0),
          json_build_object('key', 'UNASSIGNED', 'ticketCount', count(*) filter (where status in ('OPEN', 'PENDING') and assignee_id is null)),
          json_build_object('key', 'ALL', 'ticketCount', count(*)))))::text as data
        from tickets where organization_id = $1 and deleted_at is null and $2 <> ''`,
    },
    {
      name: "create",
      query:
        'mutation Create($email: EmailAddress!) { ticketCreate(input: { subject: "A new matter", contact: { person: { email: $email } }, description: "It does not work." }) { ticket { code } } }',
      variables: () => ({ email: `customer${counter++}@bench.test` }),
      statement: null,
    },
    {
      name: "reply",
      query:
        'mutation Reply($code: String!) { ticketReply(ticket: { code: $code }, input: { bodyText: "Please try again now.", status: PENDING }) { message { delivery { state } } ticket { status } } }',
      variables: (turn) => ({ code: `${threadCode.split("-")[0]}-${6 * (1 + (turn % 15))}` }),
      statement: null,
    },
  ];
}

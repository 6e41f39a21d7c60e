/** A seeded database for the benchmark: the same rows each time, written set by set as the superuser. */
import type pg from "pg";
import { newUuid } from "../src/lib/uuid.ts";

export interface Generated {
  /** The organization that is asked; the others are there to be kept apart. */
  organizationId: string;
  /** A ticket of it with 50 messages. */
  threadCode: string;
  tickets: number;
  messages: number;
}

const organizations = 20;
const ticketsEach = 5_000;
const messagesEach = 4;
const labelsEach = 12;
const membersEach = 15;
const threadMessages = 50;

export async function generate(client: pg.Client, scale: number): Promise<Generated> {
  const tickets = Math.max(100, Math.round(ticketsEach * scale));
  const contacts = Math.max(20, Math.round(tickets / 4));
  const companies = Math.max(5, Math.round(contacts / 10));
  await client.query("select setseed(0.42)");
  const ids: string[] = [];
  for (let index = 0; index < organizations; index++) {
    const id = newUuid();
    ids.push(id);
    await client.query(
      "insert into organizations (id, name, ticket_prefix, default_currency, time_zone, created_at, updated_at) values ($1, $2, $3, 'EUR', 'Europe/Berlin', now(), now())",
      [id, `Organization ${index}`, `ORG${index}`],
    );
    await client.query("insert into change_heads (organization_id) values ($1)", [id]);
    for (const [sql, ...values] of statements(tickets, contacts, companies)) await client.query(sql, [id, ...values]);
  }
  await client.query(
    "insert into ticket_counters (organization_id, prefix, last_number) select organization_id, prefix, max(number) from tickets group by 1, 2",
  );
  await client.query("vacuum analyze");
  const [{ rows }, counted] = await Promise.all([
    client.query("select code from tickets where organization_id = $1 and number = 1", [ids[0]]),
    client.query(
      "select (select count(*) from tickets)::int as tickets, (select count(*) from messages)::int as messages",
    ),
  ]);
  return { organizationId: ids[0] as string, threadCode: rows[0].code, ...counted.rows[0] };
}

/** $1 is the organization. Ids of rows are random; what a row holds depends on its number alone. */
function statements(tickets: number, contacts: number, companies: number): [string, ...unknown[]][] {
  return [
    [
      "insert into roles (organization_id, id, name, name_key, built_in, created_at, updated_at) select $1, gen_random_uuid(), r, lower(r), upper(r), now(), now() from unnest(array['Admin', 'Manager', 'Agent', 'Viewer']) r",
    ],
    [
      `with people as (insert into users (id, email, email_key, name, email_verified_at)
         select gen_random_uuid(), 'm' || n || '-' || $1::text || '@team.test', 'm' || n || '-' || $1::text || '@team.test', 'Member ' || n, now()
         from generate_series(1, ${membersEach}) n returning id, email, name)
       insert into members (organization_id, id, user_id, name, name_key, email, email_key, role_id, created_at, updated_at)
       select $1::uuid, gen_random_uuid(), id, name, lower(name), email, email, (select id from roles where organization_id = $1::uuid and built_in = 'AGENT'), now(), now() from people`,
    ],
    [
      `insert into labels (organization_id, id, name, name_key, color, created_at, updated_at) select $1, gen_random_uuid(), 'Label ' || n, 'label ' || n, '#3b82f6', now(), now() from generate_series(1, ${labelsEach}) n`,
    ],
    [
      `insert into companies (organization_id, id, name, name_key, created_at, updated_at) select $1, gen_random_uuid(), 'Company ' || n, 'company ' || n, now(), now() from generate_series(1, $2::int) n`,
      companies,
    ],
    [
      `with chosen as (select array(select id from companies where organization_id = $1 order by name_key) as ids)
       insert into contacts (organization_id, id, name, name_key, phone, company_id, company_source, created_at, updated_at)
       select $1, gen_random_uuid(), 'Contact ' || n, 'contact ' || lpad(n::text, 6, '0'), '+49 30 ' || n, ids[1 + n % $3::int], 'MANUAL', now(), now() from chosen, generate_series(1, $2::int) n`,
      contacts,
      companies,
    ],
    [
      `with chosen as (select array(select id from contacts where organization_id = $1 order by name_key) as people,
         array(select company_id from contacts where organization_id = $1 order by name_key) as homes,
         array(select id from members where organization_id = $1 order by name_key) as team)
       insert into tickets (organization_id, id, prefix, number, subject, status, priority, channel, assignee_id, contact_id, company_id, created_at, updated_at, last_activity_at, waiting_since, resolved_at, closed_at)
       select $1, gen_random_uuid(), (select ticket_prefix from organizations where id = $1), n, 'Subject of ticket ' || n, s, n % 4, 'API',
         case when n % 3 > 0 then team[1 + n % ${membersEach}] end, people[1 + n % $3::int], homes[1 + n % $3::int],
         now() - n * interval '7 minutes', now() - n * interval '5 minutes', now() - n * interval '3 minutes',
         case when n % 2 = 0 then now() - n * interval '3 minutes' end, case when s = 'RESOLVED' then now() end, case when s = 'CLOSED' then now() end
       from chosen, generate_series(1, $2::int) n,
         lateral (select (array['OPEN', 'PENDING', 'RESOLVED', 'CLOSED', 'CLOSED', 'CLOSED'])[1 + n % 6] as s) st`,
      tickets,
      contacts,
    ],
    [
      `with chosen as (select array(select id from labels where organization_id = $1 order by name_key) as ids)
       insert into ticket_labels (organization_id, ticket_id, label_id)
       select $1, t.id, ids[1 + (t.number + k) % ${labelsEach}] from chosen, tickets t, generate_series(1, 2) k where t.organization_id = $1 and t.number % 3 > 0`,
    ],
    [
      `insert into messages (organization_id, id, ticket_id, visibility, direction, author_kind, author_contact_id, author_member_id, body_text, created_at, updated_at)
       select $1, gen_random_uuid(), t.id, case when n % 4 = 3 then 'INTERNAL' else 'PUBLIC' end,
         case n % 4 when 3 then null when 1 then 'INBOUND' else 'OUTBOUND' end, case when n % 4 = 1 then 'CONTACT' else 'MEMBER' end,
         case when n % 4 = 1 then t.contact_id end, case when n % 4 <> 1 then m.id end,
         repeat('A sentence of message ' || n || ' about the matter. ', 4), t.created_at + n * interval '1 minute', now()
       from tickets t
       cross join lateral (select id from members where organization_id = $1 order by name_key offset t.number % ${membersEach} limit 1) m
       cross join lateral generate_series(1, case when t.number = 1 then ${threadMessages} else ${messagesEach} end) n
       where t.organization_id = $1`,
    ],
  ];
}

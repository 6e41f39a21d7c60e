/** Arranges what a test is about, in words of the product. */

import { type Permission, permissions, type Reach } from "../../src/access/permissions.ts";
import { systemViewer } from "../../src/access/system-viewer.ts";
import { issueTokens, newToken, tokenHash, visiblePrefix } from "../../src/auth/tokens.ts";
import type { Services } from "../../src/context.ts";
import { insertCompany } from "../../src/customers/company.steps.ts";
import { insertContact } from "../../src/customers/contact.steps.ts";
import { invitationExpiry } from "../../src/invitations/invitation.state.ts";
import { insertLabel } from "../../src/labels/label.steps.ts";
import { toKey } from "../../src/lib/key.ts";
import { newUuid } from "../../src/lib/uuid.ts";
import { insertMember } from "../../src/members/member.steps.ts";
import { parseBody } from "../../src/messages/message.body.ts";
import { insertMessage } from "../../src/messages/message.steps.ts";
import { insertOrganization } from "../../src/organizations/organization.steps.ts";
import { receiveMessage } from "../../src/ticket-actions/ticket.receive.steps.ts";
import type { TicketStatus } from "../../src/tickets/ticket.status.ts";
import { insertTicket, lockTicket } from "../../src/tickets/ticket.steps.ts";
import { type IdType, toGlobalId } from "../../src/wire/ids.ts";
import type { Ids } from "../../src/writes/idempotency.ts";
import { type Write, write } from "../../src/writes/write.ts";
import { Client } from "./client.ts";

export type RoleName = "Admin" | "Manager" | "Agent" | "Viewer";
export type GrantList = Partial<Record<Permission, Reach | true>>;

export interface Person {
  client: Client;
  /** Global id of the member. */
  id: string;
  uuid: string;
  email: string;
  password: string;
  userId: string;
}

let counter = 0;

export class World {
  readonly #services: Services;
  readonly #url: string;

  constructor(services: Services, url: string) {
    this.#services = services;
    this.#url = url;
  }

  async organization(name = "Acme", prefix = uniquePrefix()): Promise<OrganizationWorld> {
    const organizationId = newUuid();
    const world = new OrganizationWorld(this.#services, this.#url, organizationId, prefix);
    await world.write(async (transaction) => {
      await insertOrganization(transaction, {
        name,
        ticketPrefix: prefix,
        defaultCurrency: "EUR",
        timeZone: "Europe/Berlin",
      });
      return {};
    });
    return world;
  }

  async user(
    email = `user${++counter}@example.test`,
    isVerified = true,
  ): Promise<{ userId: string; email: string; password: string }> {
    const password = `correct horse ${counter}`;
    const passwordHash = await this.#services.passwords.hash(password);
    const userId = await this.#services.database.preTenant.createUser({
      id: newUuid(),
      email,
      name: email.split("@")[0] as string,
      passwordHash,
      isVerified,
    });
    if (!userId) throw new Error(`${email} exists`);
    return { userId, email, password };
  }

  /** A signed-in client of the user, without going through signIn. */
  async session(userId: string): Promise<Client> {
    const issued = issueTokens();
    await this.#services.database.preTenant.startSession(newUuid(), userId, null, issued.pair);
    return new Client(this.#url, { authorization: `Bearer ${issued.accessToken}` });
  }
}

interface TicketWish {
  subject?: string;
  contact?: string;
  assignee?: Person | null;
  status?: TicketStatus;
  priority?: number;
  companyId?: string | null;
  labelIds?: string[];
  /** Messages in their order; a note starts with "note:". */
  messages?: string[];
}

export interface TicketHandle {
  id: string;
  uuid: string;
  code: string;
}

export class OrganizationWorld {
  readonly organizationId: string;
  readonly id: string;
  readonly prefix: string;
  readonly #services: Services;
  readonly #url: string;
  readonly #world: World;

  constructor(services: Services, url: string, organizationId: string, prefix: string) {
    this.#services = services;
    this.#url = url;
    this.organizationId = organizationId;
    this.id = toGlobalId("Organization", organizationId);
    this.prefix = prefix;
    this.#world = new World(services, url);
  }

  /** Writes as the system with an admin's rights. */
  async write<I extends Ids>(run: (transaction: Write) => Promise<I>): Promise<I> {
    const viewer = systemViewer(this.organizationId, "Europe/Berlin");
    const { database, clock, wake, changed } = this.#services;
    return (await write({ database, clock, viewer, idempotency: null, wake, changed }, run)).ids;
  }

  async role(grants: GrantList, name = `Role ${++counter}`): Promise<string> {
    const { id } = await this.write(async ({ tx, now }) => {
      const id = newUuid();
      const { organizationId } = this;
      await tx.role.create({
        data: { organizationId, id, name, nameKey: toKey(name), createdAt: now, updatedAt: now },
      });
      await tx.roleGrant.createMany({
        data: Object.entries(grants).map(([permission, value]) => ({
          organizationId,
          roleId: id,
          permission,
          reach: permissions[permission as Permission].takesReach ? (value as string) : null,
        })),
      });
      return { id };
    });
    return id;
  }

  /** A member of a built-in role or with grants of its own, signed in. */
  async member(
    role: RoleName | GrantList = "Agent",
    user?: { userId: string; email: string; password: string },
  ): Promise<Person> {
    const login = user ?? (await this.#world.user());
    const roleId = typeof role === "string" ? await this.#roleId(role) : await this.role(role);
    const { id } = await this.write(async (transaction) => {
      const row = await insertMember(transaction, {
        userId: login.userId,
        name: login.email.split("@")[0] as string,
        email: login.email,
        roleId,
      });
      return { id: row.id };
    });
    const session = await this.#world.session(login.userId);
    const client = new Client(this.#url, { ...session.headers, "x-organization-id": this.id });
    return { client, id: toGlobalId("Member", id), uuid: id, ...login };
  }

  async apiKey(
    role: RoleName | GrantList = "Admin",
  ): Promise<{ client: Client; id: string; uuid: string; secret: string }> {
    const roleId = typeof role === "string" ? await this.#roleId(role) : await this.role(role);
    const secret = newToken("apiKey");
    const { id } = await this.write(async ({ tx, now }) => {
      const id = newUuid();
      await tx.apiKey.create({
        data: {
          organizationId: this.organizationId,
          id,
          name: `Key ${++counter}`,
          prefix: visiblePrefix(secret),
          roleId,
          createdAt: now,
          updatedAt: now,
        },
      });
      await tx.$queryRaw`select tiketti.put_api_key_token(${new Uint8Array(tokenHash(secret))}, ${id}::uuid, null::timestamptz)::text`;
      return { id };
    });
    return {
      client: new Client(this.#url, { authorization: `Bearer ${secret}` }),
      id: toGlobalId("ApiKey", id),
      uuid: id,
      secret,
    };
  }

  async invitation(email = `invited${++counter}@mail.test`): Promise<{ id: string; token: string }> {
    const roleId = await this.#roleId("Viewer");
    const token = newToken("invitation");
    const { id } = await this.write(async ({ tx, now }) => {
      const id = newUuid();
      await tx.invitation.create({
        data: {
          organizationId: this.organizationId,
          id,
          email,
          emailKey: toKey(email),
          roleId,
          expiresAt: invitationExpiry(now),
          createdAt: now,
          updatedAt: now,
        },
      });
      await tx.$queryRaw`select tiketti.put_invitation_token(${new Uint8Array(tokenHash(token))}, ${id}::uuid)::text`;
      return { id };
    });
    return { id: toGlobalId("Invitation", id), token };
  }

  async contact(email = `customer${++counter}@mail.test`, name = `Customer ${counter}`): Promise<string> {
    const { id } = await this.write(async (transaction) => {
      const row = await insertContact(transaction, {
        name,
        email,
        phone: "+49 30 1",
        notes: "private",
        externalId: `ext-${++counter}`,
      });
      return { id: row.id };
    });
    return id;
  }

  async company(
    name = `Company ${++counter}`,
    domains: string[] = [`company${counter}.test`],
    ticketPrefix: string | null = null,
  ): Promise<string> {
    const { id } = await this.write(async (transaction) => ({
      id: await insertCompany(transaction, { name, domains, ticketPrefix, notes: null }),
    }));
    return id;
  }

  async label(name = `Label ${++counter}`): Promise<string> {
    const { id } = await this.write(async (transaction) => ({
      id: await insertLabel(transaction, { name, color: "#3b82f6", description: null }),
    }));
    return id;
  }

  async ticket(wish: TicketWish = {}): Promise<TicketHandle> {
    const contactId = wish.contact ?? (await this.contact());
    const ticket = await this.write(async (transaction) => {
      const { now } = transaction;
      const status = wish.status ?? "OPEN";
      const row = await insertTicket(transaction, {
        prefix: this.prefix,
        subject: wish.subject ?? `Ticket ${++counter}`,
        status: status === "PENDING" ? "PENDING" : "OPEN",
        priority: wish.priority ?? 1,
        channel: "MANUAL",
        assigneeId: wish.assignee?.uuid ?? null,
        contactId,
        companyId: wish.companyId ?? null,
        externalId: null,
        waitingSince: now,
        labelIds: wish.labelIds ?? [],
      });
      for (const text of wish.messages ?? ["Hello, I need help."]) {
        if (text.startsWith("note:"))
          await insertMessage(transaction, {
            ticketId: row.id,
            visibility: "INTERNAL",
            bodyText: text.slice(5),
            bodyHtml: null,
          });
        else {
          const locked = await lockTicket(transaction, { id: row.id });
          if (locked)
            await receiveMessage(transaction, locked, { id: contactId, email: null }, parseBody({ bodyText: text }));
        }
      }
      if (status === "RESOLVED" || status === "CLOSED" || status === "PENDING") {
        await transaction.tx.ticket.update({
          where: { organizationId_id: { organizationId: this.organizationId, id: row.id } },
          data: { status, resolvedAt: status === "PENDING" ? null : now, closedAt: status === "CLOSED" ? now : null },
        });
      }
      return { id: row.id, code: row.code };
    });
    return { id: toGlobalId("Ticket", ticket.id), uuid: ticket.id, code: ticket.code };
  }

  globalId(type: IdType, uuid: string): string {
    return toGlobalId(type, uuid);
  }

  async #roleId(name: RoleName): Promise<string> {
    const role = await this.#services.database.for(this.organizationId).role.findFirstOrThrow({ where: { name } });
    return role.id;
  }
}

function uniquePrefix(): string {
  return `T${(++counter).toString(36).toUpperCase()}${process.pid.toString(36).toUpperCase()}`.slice(0, 10);
}

/**
 * The current viewer of a socket or a stream. Requests are checked one by one, but connections last, so they are
 * checked again: after a change of rights in the change log, before any later change is sent. Tokens that
 * expired or were revoked are found within seconds.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Viewer } from "../access/viewer.ts";
import type { Identity } from "../auth/authenticate.ts";
import { tokenHash } from "../auth/tokens.ts";
import { visibilityKey } from "../changes/change.visibility.ts";
import type { Follower } from "../changes/follower.ts";
import type { Services } from "../context.ts";
import { startShared } from "../lib/shared-work.ts";
import { untilThere } from "../live/follow.ts";
import { DomainError } from "../wire/errors.ts";
import { limits } from "./limits.ts";
import { identify, type RequestHead } from "./request-context.ts";

/** G16: nothing is sent later than 5 s after the credentials ended. */
const checkEveryMs = 2_000;

export class LiveSession {
  readonly #services: Services;
  readonly #ended = new AbortController();
  #head: RequestHead;
  #identity: Identity;
  #hash: string | null;
  /** The number of the change that the identity is at least as new as. */
  #freshAt = 0;
  #refreshing: Promise<void> | null = null;
  onEnd: (reason: DomainError) => void = () => {};
  /** The server stops: the client must reconnect, and must not mistake this for the end of its subscription. */
  onStop: () => void = () => this.close();

  constructor(services: Services, head: RequestHead, identity: Identity) {
    this.#services = services;
    this.#head = head;
    this.#identity = identity;
    this.#hash = hashOf(head);
  }

  get identity(): Identity {
    return this.#identity;
  }

  /** Whether its credentials open something. */
  get isSomebody(): boolean {
    return this.#identity.viewer !== null || this.#identity.user !== null;
  }

  get head(): RequestHead {
    return this.#head;
  }

  /** Of the token, as text; null for nobody in particular. */
  get hash(): string | null {
    return this.#hash;
  }

  /** Aborted when it is over; the reason is a DomainError when the credentials ended. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** For one subscription, which ends with its own signal too. */
  follower(own: AbortSignal): Follower {
    const session = this;
    return {
      get viewer() {
        return session.#identity.viewer as Viewer;
      },
      get asOf() {
        return session.#freshAt;
      },
      signal: AbortSignal.any([this.signal, own]),
      refresh: (number) => this.refresh(number),
    };
  }

  /** What begins now begins with the rights of now: nobody looked after them while nothing was followed. */
  async freshen(asking: Viewer): Promise<void> {
    // Who became a member since connection_init has a viewer from now on.
    if (!this.#identity.viewer) await this.#ask(asking.organizationId);
    const { organizationId } = this.#identity.viewer ?? asking;
    await this.refresh(await this.#services.feeds.headOf(organizationId));
  }

  /** Checks the credentials again, unless that was done after the change with this number. */
  async refresh(number: number): Promise<void> {
    while (this.#freshAt < number && !this.signal.aborted) {
      const { organizationId } = this.#identity.viewer as Viewer;
      // All subscriptions of the session wait for one look, and the one that began it may be completed first.
      this.#refreshing ??= startShared(() => this.#ask(organizationId)).finally(() => {
        this.#refreshing = null;
      });
      await this.#refreshing;
    }
  }

  async #ask(organizationId: string): Promise<void> {
    const head = this.#head;
    // Whatever was committed up to here the answer knows.
    const last = await this.#services.feeds.headOf(organizationId);
    const identity = await identify(this.#services, head);
    // The token was renewed meanwhile: what the old one opens says nothing any more.
    if (head !== this.#head) return;
    this.#take(identity);
    this.#freshAt = Math.max(this.#freshAt, last);
  }

  /** The same viewer object while its rights are the same: followers tell by it whether they changed. */
  #take(identity: Identity): void {
    const { viewer, refusal } = identity;
    if (!viewer || refusal) {
      // An unreachable database says nothing about the credentials.
      if (refusal?.code === "UNAVAILABLE") throw refusal;
      this.end(refusal ?? new DomainError("UNAUTHENTICATED", "The credentials of this connection have ended."));
      return;
    }
    const known = this.#identity.viewer;
    // Such as a session without X-Organization-Id whose user is a member somewhere else by now.
    if (known && !isSameActor(known, viewer)) {
      this.end(new DomainError("UNAUTHENTICATED", "The credentials of this connection now belong to another viewer."));
      return;
    }
    if (!this.#services.isServiceScoping) viewer.isUnscopedForTests = true;
    const isSame = known && visibilityKey(known) === visibilityKey(viewer) && known.roleName === viewer.roleName;
    this.#identity = { ...identity, viewer: isSame ? known : viewer };
  }

  /**
   * Continues with another token of the same actor, for example from refreshSession.
   *
   * @throws UNAUTHENTICATED when the token isn't valid or belongs to another viewer; UNAVAILABLE
   */
  async renew(authorization: string): Promise<void> {
    const before = this.#head;
    const head: RequestHead = {
      clientAddress: before.clientAddress,
      get: (name) => (name === "authorization" ? authorization : before.get(name)),
    };
    const identity = await identify(this.#services, head);
    if (!identity.viewer)
      throw identity.refusal ?? new DomainError("UNAUTHENTICATED", "This token is unknown, expired or revoked.");
    const known = this.#identity.viewer;
    if (!known || !isSameActor(known, identity.viewer))
      throw new DomainError("UNAUTHENTICATED", "This token belongs to a different viewer than this connection.");
    this.#head = head;
    this.#hash = hashOf(head);
    this.#take(identity);
  }

  /** Whether the session already uses this token. */
  holds(authorization: string): boolean {
    return this.#head.get("authorization") === authorization;
  }

  end(reason: DomainError): void {
    if (this.signal.aborted) return;
    this.#ended.abort(reason);
    this.onEnd(reason);
  }

  /** The client has disconnected. */
  close(): void {
    this.#ended.abort();
  }
}

function isSameActor(one: Viewer, other: Viewer): boolean {
  return one.actor.id === other.actor.id && one.organizationId === other.organizationId;
}

function hashOf(head: RequestHead): string | null {
  const token = /^Bearer +(\S+)$/i.exec(head.get("authorization") ?? "")?.[1];
  return token ? tokenHash(token).toString("hex") : null;
}

/** All sessions of the process; their tokens are asked about together, in one statement. */
export class LiveSessions {
  readonly #services: Services;
  readonly #sessions = new Set<LiveSession>();
  readonly #stopping = new AbortController();

  constructor(services: Services) {
    this.#services = services;
    this.#check();
  }

  open(head: RequestHead, identity: Identity): LiveSession {
    const session = new LiveSession(this.#services, head, identity);
    this.#sessions.add(session);
    session.signal.addEventListener("abort", () => this.#sessions.delete(session), { once: true });
    return session;
  }

  /** Whether this session is one more than its token, its organization or, without a viewer, its address may have. */
  isOneTooMany({ hash, head, identity }: LiveSession): boolean {
    const { socketsPerToken, socketsPerOrganization } = limits;
    const organizationId = identity.viewer?.organizationId;
    if (!organizationId)
      return (
        this.#count((other) => !other.identity.viewer && other.head.clientAddress === head.clientAddress) >
        socketsPerToken.value
      );
    return (
      this.#count((other) => other.hash === hash) > socketsPerToken.value ||
      this.#count((other) => other.identity.viewer?.organizationId === organizationId) > socketsPerOrganization.value
    );
  }

  #count(holds: (session: LiveSession) => boolean): number {
    let count = 0;
    for (const session of this.#sessions) if (holds(session)) count++;
    return count;
  }

  async #check(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await delay(checkEveryMs, undefined, { signal, ref: false }).catch(() => {});
      const hashes = [...new Set([...this.#sessions].flatMap(({ hash }) => hash ?? []))];
      if (hashes.length === 0) continue;
      const asked = hashes.map((hash) => Buffer.from(hash, "hex"));
      const ended = await untilThere(signal, () => this.#services.database.preTenant.findEndedTokens(asked)).catch(
        (error) => this.#services.log.error({ err: error }, "the search for ended tokens failed; trying again"),
      );
      const isEnded = new Set((ended ?? []).map((hash) => hash.toString("hex")));
      for (const session of [...this.#sessions])
        if (session.hash && isEnded.has(session.hash))
          session.end(
            new DomainError(
              "UNAUTHENTICATED",
              "The token of this connection has expired or was revoked; connect again with a new one.",
            ),
          );
    }
  }

  close(): void {
    this.#stopping.abort();
    for (const session of [...this.#sessions]) session.onStop();
  }
}

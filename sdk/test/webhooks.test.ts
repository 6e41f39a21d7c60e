/** T40: webhooks, with vectors that fix the format; the last of them is of the standard itself. */
import { webhook } from "@tiketti/sdk/testing";
import { signWebhook, verifyWebhook, WebhookError } from "@tiketti/sdk/webhooks";
import { describe, expect, it } from "vitest";

const secret = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;
const other = `whsec_${btoa("fedcba9876543210fedcba9876543210")}`;
const at = new Date("2026-01-02T03:04:05Z");
const now = at.getTime();
const accepted = (options: Partial<Parameters<typeof verifyWebhook>[0]> = {}) =>
  webhook({ secret, type: "ticket.created", id: "delivery_1", at, data: { id: "ticket_1" } }).then(
    ({ headers, body }) => verifyWebhook({ secret, headers, body, now, ...options }),
  );
const refused = async (options: Partial<Parameters<typeof verifyWebhook>[0]>) => {
  const error = await accepted(options).catch((reason) => reason);
  expect(error).toBeInstanceOf(WebhookError);
  return (error as WebhookError).code;
};

describe("the format", () => {
  it("is that of Standard Webhooks, to the byte", async () => {
    // From the specification's reference implementations.
    expect(
      await signWebhook({
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp: 1_614_265_330,
        body: '{"test": 2432232314}',
      }),
    ).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("of an event is fixed", async () => {
    const { headers, body } = await webhook({
      secret,
      type: "ticket.created",
      id: "delivery_1",
      at,
      data: { id: "ticket_1" },
    });
    expect(body).toBe(
      '{"type":"ticket.created","kinds":["ticket.created"],"timestamp":"2026-01-02T03:04:05.000Z","organizationId":"organization_test","cursor":"change_test","data":{"id":"ticket_1"},"previous":null}',
    );
    expect(headers).toMatchObject({ "webhook-id": "delivery_1", "webhook-timestamp": "1767323045" });
  });
});

describe("verifyWebhook", () => {
  it("takes what was signed: headers of any case, a Headers, bytes, one of several secrets and signatures", async () => {
    expect(await accepted()).toMatchObject({ id: "delivery_1", type: "ticket.created", data: { id: "ticket_1" } });
    expect((await accepted({ secret: [other, secret] })).id).toBe("delivery_1");
    const { headers, body } = await webhook({ secret, type: "ticket.created", at });
    const loud = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    await verifyWebhook({ secret, headers: loud, body, now });
    await verifyWebhook({ secret, headers: new Headers(headers), body: new TextEncoder().encode(body), now });
    const rotated = { ...headers, "webhook-signature": `v1,AAAA v2,x ${headers["webhook-signature"]}` };
    await verifyWebhook({ secret, headers: rotated, body, now });
  });

  it("accepts times up to five minutes away, and none beyond", async () => {
    await accepted({ now: now + 300_000 });
    await accepted({ now: now - 300_000 });
    expect(await refused({ now: now + 300_001 })).toBe("TOO_OLD");
    expect(await refused({ now: now - 300_001 })).toBe("TOO_NEW");
  });

  it("refuses a changed body, another secret, another version, missing and broken headers, and says which", async () => {
    const { headers, body } = await webhook({ secret, type: "ticket.created", at });
    const without = (name: string) => Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
    const w = (name: string, value: string) => ({ ...headers, [name]: value });
    const cases: [Partial<Parameters<typeof verifyWebhook>[0]>, string][] = [
      [{ headers, body: body.replace("created", "deleted") }, "BAD_SIGNATURE"],
      [{ headers, body: `${body} ` }, "BAD_SIGNATURE"],
      [{ headers, body, secret: other }, "BAD_SIGNATURE"],
      [{ headers, body, secret: [] }, "BAD_SIGNATURE"],
      [{ headers: w("webhook-id", "delivery_2"), body }, "BAD_SIGNATURE"],
      [{ headers: w("webhook-timestamp", "1767323046"), body }, "BAD_SIGNATURE"],
      [{ headers: w("webhook-timestamp", "now"), body }, "BAD_TIMESTAMP"],
      [
        { headers: w("webhook-signature", headers["webhook-signature"]?.replace("v1,", "v2,") ?? ""), body },
        "BAD_SIGNATURE",
      ],
      [{ headers: w("webhook-signature", "v1,not base64!"), body }, "BAD_SIGNATURE"],
      [{ headers: w("webhook-signature", "v1,"), body }, "BAD_SIGNATURE"],
      [{ headers: without("webhook-id"), body }, "MISSING_HEADER"],
      [{ headers: without("webhook-signature"), body }, "MISSING_HEADER"],
      [{ headers: without("webhook-timestamp"), body }, "MISSING_HEADER"],
      [{ headers, body, secret: "whsec_short" }, "BAD_SECRET"],
    ];
    for (const [options, code] of cases) expect(await refused(options), JSON.stringify(options)).toBe(code);
  });

  it("accepts none of 60 forgeries", async () => {
    const { headers, body } = await webhook({ secret, type: "ticket.created", at });
    const signature = (headers["webhook-signature"] ?? "").slice(3);
    for (let index = 0; index < 60; index++) {
      const bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
      const at = index % bytes.length;
      bytes[at] = (bytes[at] as number) ^ (1 << (index % 8));
      const forged = `v1,${btoa(String.fromCharCode(...bytes))}`;
      expect(await refused({ headers: { ...headers, "webhook-signature": forged }, body })).toBe("BAD_SIGNATURE");
    }
  });

  it("refuses what is signed and no event", async () => {
    for (const body of ["[]", "{", '{"type":"ticket.created","data":null}', '{"data":{"id":"x"}}']) {
      const signature = await signWebhook({ secret, id: "x", timestamp: now / 1_000, body });
      const headers = { "webhook-id": "x", "webhook-timestamp": String(now / 1_000), "webhook-signature": signature };
      expect(await refused({ headers, body })).toBe("BAD_BODY");
    }
  });
});

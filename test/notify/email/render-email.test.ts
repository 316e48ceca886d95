import { describe, expect, test } from "bun:test";
import { renderEmail } from "../../../src/notify/email/render-email.ts";
import { eventNames } from "../../../src/notify/event/event.ts";
import { keyEvent } from "../../../src/notify/event/key-event.ts";
import { subscriptionEvent } from "../../../src/notify/event/subscription-event.ts";
import { DIGEST, keyRecord, START_MS, subscription } from "../support/samples.ts";

const step = {
  timeMs: START_MS,
  by: "ops@platform.example",
  reason: "too much",
  approvers: ["ops@platform.example", "system"],
} as const;

describe("the event of a subscription", () => {
  test("is for the owner's approvers when it is requested, and for who asked otherwise", () => {
    const asked = subscriptionEvent(subscription(), { ...step, name: "subscription.requested" });
    expect(asked).toMatchObject({ tenant: "shop", concerns: ["shop", "platform"] });
    expect(asked.recipients).toEqual([{ address: "ops@platform.example", tenant: "platform" }]);
    for (const name of [
      "subscription.approved",
      "subscription.rejected",
      "subscription.revoked",
      "subscription.expired",
      "subscription.expiring",
    ] as const) {
      expect(subscriptionEvent(subscription(), { ...step, name }).recipients).toEqual([
        { address: "dev@shop.example", tenant: "shop" },
      ]);
    }
    const own = subscription({ owner: "shop", history: [] });
    expect(subscriptionEvent(own, { ...step, name: "subscription.approved" })).toMatchObject({
      concerns: ["shop"],
      recipients: [],
    });
  });

  test("of a renewal is for who asked for it, and says that a rejected one ends nothing", () => {
    const { history } = subscription().body;
    const renewed = {
      timeMs: START_MS,
      state: "approved",
      step: "renew",
      by: "new@shop.example",
      reason: null,
    } as const;
    const record = subscription({ state: "approved", history: [...history, renewed] });
    const event = subscriptionEvent(record, { ...step, name: "subscription.rejected" });
    expect(event.recipients).toEqual([{ address: "new@shop.example", tenant: "shop" }]);
    const { subject, text } = renderEmail(event.name, event.data, null);
    expect(subject).toBe("Rejected: the renewal of the subscription of checkout of shop to texts");
    expect(text).toContain("It holds until it ends.");
  });

  test("tells what was asked for and what was granted of it", () => {
    const terms = {
      models: ["fast"],
      endpoints: [],
      backends: null,
      environments: ["prod"],
      requestsPerMinute: 10,
    };
    const { data } = subscriptionEvent(subscription({ granted: terms }), {
      ...step,
      name: "subscription.approved",
    });
    expect(data).toMatchObject({
      subscription: "sub_1",
      granted: terms,
      requested: { requestsPerMinute: 60 },
      by: "ops@platform.example",
      expiresAt: "2026-11-24T13:00:00.000Z",
    });
  });
});

describe("the event of a key", () => {
  test("is for who made it and for others that are named, and holds no digest", () => {
    const revoked = keyEvent(keyRecord(), {
      ...step,
      name: "key.revoked",
      members: ["owner@shop.example", "dev@shop.example", "no address"],
    });
    expect(revoked.recipients.map(({ address }) => address)).toEqual([
      "dev@shop.example",
      "owner@shop.example",
    ]);
    expect(JSON.stringify(revoked)).not.toContain(DIGEST.slice(7));
    expect(revoked.data).toMatchObject({
      key: "4f2a91bc",
      name: "production",
      app: "checkout",
      reason: "too much",
    });
    expect(
      keyEvent(
        { ...keyRecord({ createdBy: "system" }), tenant: null },
        { ...step, name: "key.expiring", members: [] },
      ),
    ).toMatchObject({ concerns: [], recipients: [] });
  });
});

describe("an e-mail of an event", () => {
  test.each(eventNames.map((name) => [name]))("%s says in words what happened", (name) => {
    const { data } = name.startsWith("key.")
      ? keyEvent(keyRecord(), { ...step, name: name as "key.revoked", members: [] })
      : subscriptionEvent(subscription(), { ...step, name: name as "subscription.expired" });
    const { subject, text, html } = renderEmail(name, data, "https://gateway.example/");
    expect(subject).toContain("checkout");
    expect(subject).not.toContain(name);
    expect(text).toContain("Reason: too much");
    expect(html).toContain("too much");
    if (name.startsWith("subscription.")) {
      expect(text).toContain("Asked for: models fast; backends none; requestsPerMinute 60");
      expect(text).toContain("https://gateway.example/portal/subscriptions/sub_1");
      expect(html).toContain('<a href="https://gateway.example/portal/subscriptions/sub_1">');
    }
    expect(renderEmail(name, data, null).text).not.toContain("http");
  });

  test("of an unknown kind says its name and no more", () => {
    expect(renderEmail("tenant.moved", { app: "x" }, null)).toMatchObject({
      subject: "Latchkey: tenant.moved",
    });
    expect(renderEmail("key.revoked", {}, null).text).toContain("has revoked the key");
  });

  test("keeps names and reasons from becoming anything but text", () => {
    const attack = 'x\r\nBcc: a@evil.example\r\n\r\n<script>alert("1")</script>\u202e&';
    const data = {
      app: attack,
      appTenant: attack,
      service: attack,
      subscription: `"><img src=x>/../${attack}`,
      reason: attack,
      by: attack,
    };
    const { subject, text, html } = renderEmail("subscription.rejected", data, "https://gateway.example");
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(text).not.toMatch(/^Bcc/m);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;script&gt;");
    expect(text).toContain("/portal/subscriptions/%22%3E%3Cimg");
  });
});

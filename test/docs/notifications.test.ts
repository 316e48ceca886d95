import { describe, expect, test } from "bun:test";
import type { Server } from "node:http";
import { join, resolve } from "node:path";
import { eventNames } from "../../src/notify/event/event.ts";
import { sendWebhook } from "../../src/notify/webhook/send-webhook.ts";
import { signWebhook } from "../../src/notify/webhook/sign-webhook.ts";
import { afterTest } from "../support/after-test.ts";
import { tempFolder } from "../support/temp-folder.ts";

const document = await Bun.file(resolve(import.meta.dir, "../../docs/notifications.md")).text();

interface Receiver {
  readonly isSigned: (secret: string, signature: string, body: string, nowS?: number) => boolean;
  readonly createReceiver: (secret: string, onEvent: (event: unknown) => void) => Server;
}

async function documentedReceiver(): Promise<Receiver> {
  const [, program = ""] = /```ts\n\/\/ file: receiver\.ts\n([\s\S]*?)```/.exec(document) ?? [];
  const file = join(tempFolder(), "receiver.ts");
  await Bun.write(file, program);
  return import(file);
}

async function start(receiver: Receiver, secret: string, events: unknown[]): Promise<string> {
  const server = receiver.createReceiver(secret, (event) => events.push(event));
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", () => ready());
  });
  afterTest(() => server.close());
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`;
}

const NOW_S = 1_800_000_000;

describe("the receiver in the document", () => {
  test("takes what the gateway sends, and nothing that is signed with another secret", async () => {
    const events: unknown[] = [];
    const url = await start(await documentedReceiver(), "the right secret", events);
    const message = {
      url,
      secret: "the right secret",
      allowPrivate: true,
      event: "key.revoked",
      delivery: "dlv_1",
      body: '{"id":"evt_1","event":"key.revoked","data":{"reason":"Straße"}}',
      timeS: Math.floor(Date.now() / 1000),
    };
    const options = { timeoutMs: 5_000, resolve: async () => [] };
    await sendWebhook(message, options);
    expect(events).toEqual([{ id: "evt_1", event: "key.revoked", data: { reason: "Straße" } }]);
    await expect(sendWebhook({ ...message, secret: "a wrong secret" }, options)).rejects.toThrow(
      "status 401",
    );
    await expect(sendWebhook({ ...message, timeS: message.timeS - 3_600 }, options)).rejects.toThrow(
      "status 401",
    );
    expect((await fetch(url, { method: "POST", body: message.body })).status).toBe(401);
    expect(events).toHaveLength(1);
  });

  test("refuses what is changed, old, from the future, without a secret or no signature", async () => {
    const { isSigned } = await documentedReceiver();
    const signature = signWebhook("secret", "{}", NOW_S);
    expect(isSigned("secret", signature, "{}", NOW_S + 299)).toBe(true);
    expect(isSigned("secret", signature, "{ }", NOW_S)).toBe(false);
    expect(isSigned("secret2", signature, "{}", NOW_S)).toBe(false);
    expect(isSigned("secret", signature, "{}", NOW_S + 301)).toBe(false);
    expect(isSigned("secret", signature, "{}", NOW_S - 301)).toBe(false);
    expect(isSigned("secret", signature.replace(String(NOW_S), String(NOW_S + 1)), "{}", NOW_S)).toBe(false);
    const unsigned = new Bun.CryptoHasher("sha256", "").update(`${NOW_S}.{}`).digest("hex");
    expect(isSigned("", `t=${NOW_S},v1=${unsigned}`, "{}", NOW_S)).toBe(false);
    for (const text of ["", "t=,v1=", `t=${NOW_S},v1=`, `t=${NOW_S},v1=abc`, `${signature},v1=x`]) {
      expect(isSigned("secret", text, "{}", NOW_S)).toBe(false);
    }
  });
});

test("the document names every event", () => {
  expect(eventNames.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});

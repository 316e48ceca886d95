import { describe, expect, test } from "bun:test";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import {
  type Deliveries,
  type DeliveryOptions,
  startDeliveries,
} from "../../../src/notify/delivery/start-deliveries.ts";
import { createOutbox } from "../../../src/notify/outbox.ts";
import type { NotifySettings } from "../../../src/notify/settings.ts";
import { afterTest } from "../../support/after-test.ts";
import { memoryRecords } from "../../support/memory-records.ts";
import { startMailServer } from "../support/mail-server.ts";
import { event, secretRef, settings, webhook } from "../support/samples.ts";

describe("the worker", () => {
  const started = (
    records: DeliveryOptions["records"],
    config: NotifySettings,
    onProblem: DeliveryOptions["onProblem"],
  ): Deliveries => {
    const worker = startDeliveries({
      records,
      settings: () => config,
      secrets: () => "a secret of some length",
      resolve: async () => ["127.0.0.1"],
      onProblem,
      pollMs: 600_000,
    });
    afterTest(() => worker.stop());
    return worker;
  };

  test("sends what is enqueued when it is woken, to webhooks and to people", async () => {
    const got = Promise.withResolvers<string>();
    const server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      fetch: async (request) => {
        got.resolve(await request.text());
        return new Response("ok");
      },
    });
    afterTest(() => server.stop(true));
    const mailed = Promise.withResolvers<readonly string[]>();
    const { port } = await startMailServer({
      onRcptTo(address, _, done) {
        mailed.resolve([address.address]);
        done();
      },
    });
    const config = settings({
      webhooks: [webhook({ url: `http://hooks.example:${server.port}/`, allowPrivate: true })],
      smtp: {
        host: "127.0.0.1",
        port,
        secure: "none",
        user: null,
        password: null,
        from: "ops@gateway.example",
      },
    });
    const records = memoryRecords();
    const problems: unknown[] = [];
    const worker = started(records, config, (problem) => problems.push(problem));
    const outbox = createOutbox({ settings: () => config });
    const recipients = [{ address: "dev@shop.example", tenant: "shop" }];
    await records.transact((transaction) => outbox.enqueue(transaction, event({ recipients })));
    worker.wake();
    expect(JSON.parse(await got.promise)).toMatchObject({
      version: 1,
      event: "key.revoked",
      data: { key: "4f2a91bc" },
    });
    expect(await mailed.promise).toEqual(["dev@shop.example"]);
    await worker.stop();
    expect(problems).toEqual([]);
    const { records: all } = await records.list({ kind: "delivery", limit: 10 });
    expect(all.map(({ body }) => body.state)).toEqual(["delivered", "delivered"]);
  });

  test("tells of a record store that fails, and stops", async () => {
    const told = Promise.withResolvers<unknown>();
    const broken = {
      ...memoryRecords(),
      list: () => Promise.reject(new LatchkeyError("LK-6105", "The disk is full.")),
    };
    const worker = started(
      broken,
      settings({
        smtp: { host: "", port: 1, secure: "none", user: secretRef("A"), password: null, from: "" },
      }),
      told.resolve,
    );
    expect(await told.promise).toEqual({ problem: "The disk is full." });
    await worker.stop();
  });
});

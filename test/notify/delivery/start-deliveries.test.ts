import { describe, expect, test } from "bun:test";
import { LatchkeyError } from "../../../src/kernel/error.ts";
import {
  type Deliveries,
  type DeliveryOptions,
  startDeliveries,
} from "../../../src/notify/delivery/start-deliveries.ts";
import { createOutbox } from "../../../src/notify/outbox.ts";
import type { NotifySettings, WebhookSettings } from "../../../src/notify/settings.ts";
import { afterTest } from "../../support/after-test.ts";
import { memoryRecords } from "../../support/memory-records.ts";
import { startMailServer } from "../support/mail-server.ts";
import { event, secretRef, settings, webhook } from "../support/samples.ts";

const mailServer = (port: number): NonNullable<NotifySettings["smtp"]> => ({
  ...{ host: "127.0.0.1", port, secure: "none", user: null, password: null, from: "ops@gateway.example" },
});

/** A web server that takes all, and says when it has the first, the second and so on. */
function receiver() {
  const taken = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  let count = 0;
  const server = Bun.serve({
    ...{ hostname: "127.0.0.1", port: 0 },
    fetch: () => {
      taken[count++]?.resolve();
      return new Response("ok");
    },
  });
  afterTest(() => server.stop(true));
  return { server, taken };
}

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

  test("is not held up by receivers that accept and never answer, web servers and mail servers alike", async () => {
    const accepted = Promise.withResolvers<void>();
    let connections = 0;
    const silent = Bun.listen({
      hostname: "127.0.0.1",
      port: 0,
      socket: {
        open: () => {
          connections++;
          if (connections === 2) accepted.resolve();
        },
        data: () => undefined,
      },
    });
    const { server, taken } = receiver();
    const hook = (name: string, port: number | undefined): WebhookSettings =>
      webhook({ name, url: `http://hooks.example:${port}/`, allowPrivate: true });
    const config = settings({
      webhooks: [hook("silent", silent.port), hook("well", server.port)],
      smtp: mailServer(silent.port),
    });
    const records = memoryRecords();
    const problems: unknown[] = [];
    const worker = started(records, config, (problem) => problems.push(problem));
    const outbox = createOutbox({ settings: () => config });
    const recipients = [{ address: "dev@shop.example", tenant: "shop" }];
    for (let message = 0; message < 4; message++) {
      await records.transact((transaction) => outbox.enqueue(transaction, event({ recipients })));
      worker.wake();
      await taken[message]?.promise;
      // Both silent ones have been asked by then, and neither has answered.
      if (message === 0) await accepted.promise;
    }
    expect([connections, problems]).toEqual([2, []]);
    silent.stop(true);
    await worker.stop();
    const { records: all } = await records.list({ kind: "delivery", limit: 100 });
    const states = all.map(({ body }) => `${body.to} ${body.state} ${body.attempts}`);
    expect(states.filter((state) => state === "well delivered 1")).toHaveLength(4);
    expect(states.filter((state) => state === "silent waiting 1")).toHaveLength(1);
    expect(states.filter((state) => state === "silent waiting 0")).toHaveLength(3);
    expect(problems).toHaveLength(2);
  });

  test("sends people their mail while the mail server thinks about another one", async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const { port } = await startMailServer({
      onRcptTo({ address }, _, done) {
        if (address === "unknown@shop.example")
          return done(Object.assign(new Error("who is that"), { responseCode: 550 }));
        if (address === "quick@shop.example") arrived.resolve();
        if (address !== "slow@shop.example") return done();
        asked.resolve();
        void answer.promise.then(() => done());
      },
    });
    const config = settings({ webhooks: [], smtp: mailServer(port) });
    const records = memoryRecords();
    const refused = Promise.withResolvers<unknown>();
    const worker = started(records, config, refused.resolve);
    const outbox = createOutbox({ settings: () => config });
    const tell = (name: string): Promise<number> => {
      const recipients = [{ address: `${name}@shop.example`, tenant: "shop" }];
      const told = records.transact((transaction) => outbox.enqueue(transaction, event({ recipients })));
      return told.finally(worker.wake);
    };
    await tell("slow");
    await asked.promise;
    await tell("unknown");
    expect(await refused.promise).toMatchObject({ to: "unknown@shop.example", isFinal: false });
    // A recipient that is not taken is no fault of the server's.
    await tell("quick");
    await arrived.promise;
    answer.resolve();
    await worker.stop();
    const { records: all } = await records.list({ kind: "delivery", order: "oldest", limit: 9 });
    expect(all.map(({ body }) => body.state)).toEqual(["delivered", "waiting", "delivered"]);
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

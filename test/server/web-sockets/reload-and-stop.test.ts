import { describe, expect, test } from "bun:test";
import type { Artifact, ArtifactBackend } from "../../../src/artifact/artifact.ts";
import { generateApiKey } from "../../../src/kernel/api-key.ts";
import { digestOf, sha256Hex } from "../../../src/kernel/hash.ts";
import { noRows } from "../../../src/overlay/rows.ts";
import { backend, upstreamAt, withBackends } from "../backends/support/backend-gateway.ts";
import { connectSocket } from "./support/socket-client.ts";
import { startSocketGateway, startSocketServer } from "./support/socket-server.ts";

/** A gateway with a connection, and how to put other artifacts in force. */
async function startConnected(tunnelDrainMs?: number) {
  const server = startSocketServer();
  const declared = { webSocket: true, upstreams: [upstreamAt(server.origin, 100)] };
  const gateway = await startSocketGateway([server.origin], {}, tunnelDrainMs);
  const client = await connectSocket(gateway);
  expect(await client.ask("before")).toBe("before");
  const first = gateway.gateway.tables();
  const reload = (change: Partial<ArtifactBackend>, extend = (artifact: Artifact): Artifact => artifact) =>
    gateway.reload({ ...withBackends([backend({ ...declared, ...change })]), extend });
  return { server, gateway, client, first, reload };
}

describe("a reload", () => {
  test("that changes nothing leaves connections as they are", async () => {
    const { gateway, client, first, reload } = await startConnected(0);
    await reload({});
    expect(gateway.gateway.tables()).not.toBe(first);
    expect(gateway.gateway.tables().hash).toBe(first.hash);
    expect(await client.ask("after")).toBe("after");
    expect(gateway.rows).toEqual([]);
    await client.leave();
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: null });
  });

  test("of another config gives connections time, then closes them; their tables go with them", async () => {
    const { gateway, client, first, reload } = await startConnected(150);
    await reload({ summary: "another" });
    expect(gateway.gateway.tables().hash).not.toBe(first.hash);
    // It stands, on the tables that it began with.
    expect(await client.ask("after")).toBe("after");
    expect(first.calls.underWay).toBe(1);
    // New connections are of the new config and stay.
    const second = await connectSocket(gateway);
    await client.closed;
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-5004", artifact: first.hash });
    expect(first.calls.underWay).toBe(0);
    expect(await second.ask("still")).toBe("still");
    await second.leave();
  });

  test("that is taken back in time leaves connections as they are", async () => {
    const { gateway, client, reload } = await startConnected(100);
    await reload({ summary: "another" });
    const second = await connectSocket(gateway);
    await reload({});
    // The second one's time began later, so that the first one's would be over with it.
    await second.closed;
    expect(await client.ask("still here")).toBe("still here");
    expect(gateway.rows).toMatchObject([{ errorCode: "LK-5004" }]);
    await client.leave();
  });

  test("does not keep the connections of a key that is ended during their time", async () => {
    const { gateway, client, reload } = await startConnected(60_000);
    await reload({ summary: "another" });
    gateway.gateway.decide({ ...noRows, goneKeys: [sha256Hex(gateway.key)] });
    await client.closed;
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-2002" });
  });

  test("without the key closes its connections at once", async () => {
    const { gateway, client, reload } = await startConnected();
    const digest = digestOf(generateApiKey("test"));
    await reload({}, (artifact) => ({
      ...artifact,
      keys: artifact.keys.map((key) => ({ ...key, digest })),
    }));
    await client.closed;
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-2002", key: "production" });
  });

  test("while a handshake is under way counts for what comes of it", async () => {
    const held = Promise.withResolvers<void>();
    const server = startSocketServer({ agreesAfter: held.promise });
    const gateway = await startSocketGateway([server.origin], {}, 0);
    const connecting = connectSocket(gateway);
    await server.asked;
    const upstreams = [upstreamAt(server.origin, 100)];
    await gateway.reload(withBackends([backend({ webSocket: true, upstreams, summary: "another" })]));
    held.resolve();
    await (await connecting).closed;
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-5004" });
  });
});

describe("a decision at run time", () => {
  test("that ends a key closes its connections at once", async () => {
    const { gateway, client } = await startConnected();
    gateway.gateway.decide({ ...noRows, goneKeys: [sha256Hex(gateway.key)] });
    await client.closed;
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-2002", key: "production" });
  });

  test("that takes the backend from a key closes its connections at once", async () => {
    const { gateway, client } = await startConnected();
    const key = gateway.gateway.tables().keys.find(gateway.key);
    const row = {
      name: "production",
      app: 0,
      expiresAtMs: null,
      warnFromMs: null,
      limits: [],
      methods: null,
      networks: null,
    };
    gateway.gateway.decide({
      ...noRows,
      grants: [{ id: 99, uses: [] }],
      keys: [{ ...row, digest: key?.digest ?? "", grant: 99 }],
    });
    await client.closed;
    expect(await gateway.row()).toMatchObject({ status: 101, errorCode: "LK-2006", key: "production" });
  });

  test("about others leaves connections as they are", async () => {
    const { gateway, client } = await startConnected();
    gateway.gateway.decide({ ...noRows, goneKeys: [sha256Hex("another")] });
    expect(await client.ask("still here")).toBe("still here");
    await client.leave();
  });
});

describe("a gateway that stops", () => {
  test("waits for its connections", async () => {
    const { gateway, client } = await startConnected();
    const stopping = gateway.listener.drain(60_000);
    expect(await client.ask("still here")).toBe("still here");
    await client.leave();
    expect(await stopping).toBe(0);
  });

  test("closes them when their time is over, and leaves their rows", async () => {
    const { server, gateway, client } = await startConnected();
    const abandoned = await gateway.listener.drain(50);
    await client.closed;
    expect(abandoned).toBe(1);
    expect(gateway.rows).toMatchObject([{ status: 101, errorCode: "LK-5002" }]);
    expect(gateway.gateway.active()).toBe(0);
    expect(server.sockets).toHaveLength(1);
  });
});

describe("the tunnels of a gateway", () => {
  test("that have ended are not kept", async () => {
    const { gateway, client } = await startConnected();
    const { tunnels } = gateway.gateway.services;
    expect(tunnels.size).toBe(1);
    await client.leave();
    await gateway.row();
    expect(tunnels.size).toBe(0);
  });

  test("are closed once when the gateway stops during their time after a reload", async () => {
    const { gateway, client, reload } = await startConnected(60_000);
    await reload({ summary: "another" });
    expect(await client.ask("still here")).toBe("still here");
    await gateway.listener.drain(20);
    await client.closed;
    expect(gateway.rows).toMatchObject([{ status: 101, errorCode: "LK-5002" }]);
  });
});

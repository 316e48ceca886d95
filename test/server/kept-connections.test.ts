import { expect, test } from "bun:test";
import { startGateway } from "../support/gateway-fixture.ts";
import { chatSample } from "../support/wire-samples.ts";
import { plainAnswer } from "../upstream/support/call.ts";
import { type RawServerOptions, startRawServer } from "../upstream/support/raw-server.ts";
import { ask, rowOf, stopAfterEach, stopAfterTest } from "./support/fault-gateway.ts";

stopAfterEach();

const good = plainAnswer(
  Buffer.from(chatSample("text.json")).toString("latin1"),
  "content-type: application/json\r\n",
);

/** A gateway before such upstreams. */
async function startBefore(...options: readonly RawServerOptions[]) {
  const servers = options.map(startRawServer);
  stopAfterTest(...servers.map((server) => ({ stop: () => server[Symbol.dispose]() })));
  const baseUrls = servers.map(({ origin }) => `http://127.0.0.1:${origin.port}/v1`);
  const gateway = await startGateway({ baseUrls });
  stopAfterTest(gateway);
  return { gateway, servers };
}

/** Answers the first request, and closes the connection of each later one. */
function answersOnce(seen: { requests: number }): RawServerOptions {
  return {
    onRequest: (connection) => (++seen.requests === 1 ? connection.send(good) : connection.end()),
  };
}

test("a call whose kept connection closes after it has left is not sent to the vendor again", async () => {
  const seen = { requests: 0 };
  const { gateway } = await startBefore(answersOnce(seen));
  expect((await ask(gateway, false)).status).toBe(200);
  const response = await ask(gateway, false);
  expect([response.status, response.headers.get("x-latchkey-error")]).toEqual([502, "LK-3002"]);
  expect(await rowOf(gateway, response)).toMatchObject({ errorCode: "LK-3002", attempts: 1 });
  expect(seen.requests).toBe(2);
});

test("it goes to the next target, and both attempts are counted", async () => {
  const seen = { requests: 0 };
  const { gateway } = await startBefore(answersOnce(seen), {
    onRequest: (connection) => connection.send(good),
  });
  expect((await ask(gateway, false)).status).toBe(200);
  const response = await ask(gateway, false);
  expect(response.status).toBe(200);
  expect(await rowOf(gateway, response)).toMatchObject({ errorCode: null, attempts: 2 });
  expect(seen.requests).toBe(2);
});

test("a connection whose answer was not understood is not used again", async () => {
  const { gateway, servers } = await startBefore({
    onRequest: (connection) => connection.send(plainAnswer("[1]", "content-type: application/json\r\n")),
  });
  for (let index = 0; index < 3; index++) {
    expect((await ask(gateway, false)).headers.get("x-latchkey-error")).toBe("LK-3009");
  }
  expect(servers[0]?.connections.map(({ requests }) => requests)).toEqual([1, 1, 1]);
});

test("a key in a path is masked in the call log", async () => {
  const { gateway } = await startBefore({});
  const response = await gateway.call(`/v1/${gateway.key}/chat`, {});
  expect(response.status).toBe(404);
  expect((await rowOf(gateway, response)).path).toBe("/v1/[redacted]/chat");
});

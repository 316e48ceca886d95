import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ArtifactPrice } from "../../src/artifact/artifact.ts";
import { priceOfCatalog } from "../../src/compiler/catalog/lower-price.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { type ReplayUpstream, startReplayUpstream, wholeAnswer } from "../support/replay-upstream.ts";
import { chatSample } from "../support/wire-samples.ts";

let upstream: ReplayUpstream;
let gateway: GatewayFixture;

beforeAll(async () => {
  // 19 tokens in, 8 of them cached, 10 out.
  upstream = startReplayUpstream(({ send }) => send(wholeAnswer(chatSample("text.json"))));
  gateway = await startGateway({ baseUrls: [upstream.baseUrl] });
});
afterAll(async () => {
  await gateway.stop();
  upstream.stop();
});

async function costAt(price: ArtifactPrice | null): Promise<string | null> {
  await gateway.reload({ baseUrls: [upstream.baseUrl], price });
  const response = await gateway.call("/v1/chat/completions", { model: "fast", messages: [] });
  await response.arrayBuffer();
  expect(gateway.rows.at(-1)?.usage).toMatchObject({ input: 19, cacheRead: 8, output: 10 });
  return response.headers.get("x-latchkey-cost");
}

describe("a call is paid", () => {
  const dollar = 1_000_000_000;

  test("at the price that holds on its day", async () => {
    const changed = priceOfCatalog([
      { input: dollar, output: 0 },
      { from: "2020-01-01", input: 2 * dollar, output: 0 },
      { from: "2999-01-01", input: 3 * dollar, output: 0 },
    ]);
    expect(await costAt(changed)).toBe("0.000038");
  });

  test("at the rates of long prompts where it is one", async () => {
    const rates = { output: 0, cacheRead: 0 };
    const tiers = (above: number): ArtifactPrice | null =>
      priceOfCatalog([{ input: dollar, ...rates, longContext: [{ above, input: 2 * dollar, ...rates }] }]);
    expect(await costAt(tiers(19))).toBe("0.000011");
    expect(await costAt(tiers(18))).toBe("0.000022");
  });

  test("for itself, besides its tokens", async () => {
    expect(await costAt(priceOfCatalog([{ input: 0, output: 0, perRequest: 5_000_000 }]))).toBe("0.005");
  });

  test("at no known price where one of its kinds of tokens has none", async () => {
    expect(await costAt(priceOfCatalog([{ input: dollar }]))).toBeNull();
    expect(gateway.rows.at(-1)?.costNanoUsd).toBeNull();
    expect(await costAt(null)).toBeNull();
  });
});

import { afterEach } from "bun:test";
import type { ArtifactFixture } from "../../support/artifact-fixture.ts";
import { type GatewayFixture, startGateway } from "../../support/gateway-fixture.ts";
import {
  type ReplayScript,
  type ReplayUpstream,
  startReplayUpstream,
  streamAnswer,
  wholeAnswer,
} from "../../support/replay-upstream.ts";
import { chatSample } from "../../support/wire-samples.ts";

export const chatPath = "/v1/chat/completions";

/** Limits that are short enough to wait for. */
export const shortTimeouts = { connectMs: 500, firstTokenMs: 150, idleMs: 150, totalMs: 2_000 };

/** Answers what was asked for, whole or streamed. */
export const good: ReplayScript = ({ request, send }) =>
  send(
    JSON.parse(request.body).stream === true
      ? streamAnswer(chatSample("text-usage.sse"))
      : wholeAnswer(chatSample("text.json")),
  );

/** A gateway before an upstream that fails, and perhaps a second one that does not. */
export interface FaultSetup {
  readonly gateway: GatewayFixture;
  readonly first: ReplayUpstream;
  readonly second: ReplayUpstream;
}

const started: { readonly stop: () => unknown }[] = [];

/** Stops things after the test, those started last first. */
export function stopAfterTest(...things: { readonly stop: () => unknown }[]): void {
  started.push(...things);
}

/** Call once in each file: stops what its tests have started. */
export function stopAfterEach(): void {
  afterEach(async () => {
    for (const one of started.splice(0).reverse()) await one.stop();
  });
}

/** Starts a gateway whose first target follows the script; with a fallback, a second one answers well. */
export async function startFaulty(
  script: ReplayScript,
  withFallback: boolean,
  fixture: Partial<ArtifactFixture> = {},
): Promise<FaultSetup> {
  const first = startReplayUpstream(script);
  const second = startReplayUpstream(good);
  const baseUrls = withFallback ? [first.baseUrl, second.baseUrl] : [first.baseUrl];
  const gateway = await startGateway({
    baseUrls,
    timeouts: shortTimeouts,
    settings: { maxResponseBytes: 5_000_000 },
    ...fixture,
  });
  stopAfterTest(first, second, gateway);
  return { gateway, first, second };
}

/** Asks for a chat completion. */
export function ask(gateway: GatewayFixture, stream: boolean): Promise<Response> {
  return gateway.call(chatPath, { model: "fast", messages: [{ role: "user", content: "Hi" }], stream });
}

/** The call's row, once it is written. */
export function rowOf(gateway: GatewayFixture, response: Response) {
  const id = response.headers.get("x-request-id");
  return gateway.row((row) => row.requestId === id);
}

import type { ArtifactBackend } from "../../../src/artifact/artifact.ts";
import { backend, startBackendGateway, upstreamAt } from "../../server/backends/support/backend-gateway.ts";
import { afterTest } from "../../support/after-test.ts";
import type { GatewayFixture } from "../../support/gateway-fixture.ts";
import { rawRequest } from "../../support/raw-request.ts";
import {
  type ReplayScript,
  type ReplayUpstream,
  startReplayUpstream,
} from "../../support/replay-upstream.ts";

/** A whole answer that says "ok". */
export const okAnswer = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/** A gateway with a backend at `/shop`, and the server behind it. */
export interface BackendWorld {
  readonly gateway: GatewayFixture;
  readonly server: ReplayUpstream;
}

/** Starts both; they end with the test. */
export async function startBackendWorld(
  script: ReplayScript = ({ send }) => send(okAnswer),
  declared: (origin: string) => Partial<ArtifactBackend> = () => ({}),
): Promise<BackendWorld> {
  const server = startReplayUpstream(script);
  afterTest(() => server.stop());
  const { origin } = new URL(server.baseUrl);
  const gateway = await startBackendGateway([
    backend({ upstreams: [upstreamAt(origin)], ...declared(origin) }),
  ]);
  afterTest(() => gateway.stop());
  return { gateway, server };
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: string;
  readonly code: string | undefined;
}

/**
 * Sends a request with the gateway's key, its line and headers as they are; the connection ends with the answer.
 * @param line method and target, latin1
 */
export async function ask(
  { url, key }: Pick<GatewayFixture, "url" | "key">,
  line: string,
  headers: readonly string[] = [],
  body = "",
): Promise<RawAnswer> {
  const length = body === "" ? [] : [`content-length: ${Buffer.byteLength(body, "latin1")}`];
  const names = headers.map((header) => header.slice(0, header.indexOf(":")).toLowerCase());
  const own = ["host: gateway.example", "connection: close"].filter(
    (header) => !names.includes(header.slice(0, header.indexOf(":"))),
  );
  const head = [`${line} HTTP/1.1`, ...own, `x-api-key: ${key}`, ...headers, ...length];
  const text = await rawRequest(url, Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`, "latin1"));
  return readAnswer(text);
}

/** Reads an answer out of everything that came. */
export function readAnswer(text: string): RawAnswer {
  const end = text.indexOf("\r\n\r\n");
  const head = text.slice(0, end + 2);
  return {
    status: Number(head.slice(9, 12)),
    head,
    body: text.slice(end + 4),
    code: /\r\nx-latchkey-error: (\S+)/.exec(head)?.[1],
  };
}

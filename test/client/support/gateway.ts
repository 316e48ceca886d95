import { type ClientOptions, createClient } from "../../../sdk/client/index.ts";
import { afterTest } from "../../support/after-test.ts";
import type { TestGateway } from "./test-gateway.ts";

/** A key of the right form that no test may find in an error. */
export const KEY = "lk_test_0123456789abcdef_verysecretpart";

/** What a fake gateway was asked. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

type Handler = (request: Request, attempt: number) => Response | Promise<Response>;

/** A fake gateway on loopback; `attempt` counts the requests from 1. */
export function startGateway(handler: Handler): { readonly url: string; readonly received: Received[] } {
  const received: Received[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const text = await request.clone().text();
      received.push({
        method: request.method,
        path: new URL(request.url).pathname,
        headers: request.headers,
        body: text === "" ? undefined : JSON.parse(text),
      });
      return handler(request, received.length);
    },
  });
  afterTest(() => void server.stop(true));
  return { url: `http://127.0.0.1:${server.port}`, received };
}

/** A server that answers each connection with the same bytes, then hangs up: at once or when told to. */
export function startRawServer(
  answer: string,
  hangUp: Promise<void> = Promise.resolve(),
): { readonly url: string } {
  const server = Bun.listen({
    port: 0,
    hostname: "127.0.0.1",
    socket: {
      async data(socket) {
        socket.write(answer);
        await hangUp;
        socket.end();
      },
    },
  });
  afterTest(() => server.stop(true));
  return { url: `http://127.0.0.1:${server.port}` };
}

/** An address at which nobody listens. */
export function closedUrl(): string {
  const server = Bun.listen({ port: 0, hostname: "127.0.0.1", socket: { data: () => undefined } });
  server.stop(true);
  return `http://127.0.0.1:${server.port}`;
}

/** A client of the test gateway, without retries unless they are asked for. */
export function testClient(baseUrl: string, options: Partial<ClientOptions> = {}) {
  return createClient<TestGateway>({ baseUrl, key: KEY, maxRetries: 0, ...options });
}

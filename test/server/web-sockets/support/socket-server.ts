import type { ServerWebSocket } from "bun";
import type { ArtifactBackend } from "../../../../src/artifact/artifact.ts";
import { afterTest } from "../../../support/after-test.ts";
import type { GatewayFixture } from "../../../support/gateway-fixture.ts";
import { backend, startBackendGateway, upstreamAt } from "../../backends/support/backend-gateway.ts";

/** A WebSocket server and what has come to it. */
export interface SocketServer {
  readonly origin: string;
  /** Handshakes, oldest first. */
  readonly handshakes: readonly Request[];
  /** Codes and reasons with which clients have left. */
  readonly closes: readonly (readonly [code: number, reason: string])[];
  readonly sockets: readonly ServerWebSocket<unknown>[];
  /** Resolves with the first handshake. */
  readonly asked: Promise<void>;
  readonly stop: () => void;
}

/** How a server behaves where it does not echo. */
export interface SocketServerOptions {
  readonly onMessage?: (socket: ServerWebSocket<unknown>, message: string | Buffer) => void;
  readonly onOpen?: (socket: ServerWebSocket<unknown>) => void;
  /** Instead of agreeing to the handshake. */
  readonly answer?: (request: Request) => Response;
  /** The first subprotocol that is offered is chosen; default: none. */
  readonly choosesProtocol?: boolean;
  /** What it waits for before it agrees. */
  readonly agreesAfter?: Promise<void>;
}

/** Starts a server that sends back what it is sent; it ends with the test. */
export function startSocketServer(options: SocketServerOptions = {}): SocketServer {
  const handshakes: Request[] = [];
  const closes: [number, string][] = [];
  const sockets: ServerWebSocket<unknown>[] = [];
  const asked = Promise.withResolvers<void>();
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request, self) {
      handshakes.push(request);
      asked.resolve();
      await options.agreesAfter;
      if (options.answer !== undefined) return options.answer(request);
      const [first] = (request.headers.get("sec-websocket-protocol") ?? "").split(", ");
      const headers: Record<string, string> = { "x-served-by": "socket-server" };
      if (options.choosesProtocol === true && first) headers["sec-websocket-protocol"] = first;
      if (self.upgrade(request, { headers, data: undefined })) return undefined;
      return new Response("an ordinary answer");
    },
    websocket: {
      maxPayloadLength: 64 * 1024 * 1024,
      backpressureLimit: 64 * 1024 * 1024,
      open(socket) {
        sockets.push(socket);
        options.onOpen?.(socket);
      },
      message(socket, message) {
        if (options.onMessage === undefined) socket.send(message);
        else options.onMessage(socket, message);
      },
      close: (_, code, reason) => void closes.push([code, reason]),
    },
  });
  afterTest(() => server.stop(true));
  return {
    origin: `http://127.0.0.1:${server.port}`,
    handshakes,
    closes,
    sockets,
    asked: asked.promise,
    stop: () => void server.stop(true),
  };
}

/** A gateway with WebSocket backends at `/shop` on the given origins; it ends with the test. */
export async function startSocketGateway(
  origins: readonly string[],
  declared: Partial<ArtifactBackend> = {},
  tunnelDrainMs?: number,
): Promise<GatewayFixture> {
  const upstreams = origins.map((origin, index) => upstreamAt(origin, index === 0 ? 100 : 1));
  const gateway = await startBackendGateway([backend({ upstreams, webSocket: true, ...declared })], {
    ...(tunnelDrainMs !== undefined && { tunnelDrainMs }),
  });
  afterTest(() => gateway.stop());
  return gateway;
}

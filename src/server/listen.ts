import type { Gateway } from "../runtime/gateway.ts";
import { createApp } from "./app.ts";

/** Where to listen. */
export interface ListenOptions {
  readonly hostname: string;
  /** Several threads listen on the same one. */
  readonly port: number;
}

/** A server that listens. */
export interface Listener {
  readonly port: number;
  /**
   * Stops taking connections, lets calls under way end, and closes what is left after the time.
   * Answers how many calls were cut off.
   */
  readonly drain: (withinMs: number) => Promise<number>;
}

/** Seconds after which a connection on which nothing moves is closed; calls under way are exempt. */
const IDLE_TIMEOUT_S = 120;

/** Milliseconds between two looks at whether the last answers have left. */
const SETTLE_MS = 5;

/** Bodies are bounded by the routes; this is only above every bound that a config can set. */
const MAX_BODY_BYTES = Number.MAX_SAFE_INTEGER;

/**
 * Starts listening.
 * @throws Error of Bun when the address cannot be used.
 */
export function listen(gateway: Gateway, options: ListenOptions): Listener {
  const app = createApp(gateway).listen({
    hostname: options.hostname,
    port: options.port,
    reusePort: true,
    idleTimeout: IDLE_TIMEOUT_S,
    maxRequestBodySize: MAX_BODY_BYTES,
    development: false,
  });
  const { server } = app;
  if (server === null) throw new Error("the server did not start");
  gateway.services.keepOpen = (request) => server.timeout(request, 0);
  return {
    port: server.port ?? options.port,
    async drain(withinMs) {
      gateway.drain();
      // Resolves once the open connections are gone, which idle ones need not be: not waited for.
      void server.stop(false);
      const deadline = performance.now() + withinMs;
      await Promise.race([gateway.idle(), Bun.sleep(withinMs)]);
      const abandoned = gateway.active();
      // A call has ended when its answer is complete, which is a moment before the answer has left.
      while (server.pendingRequests > 0 && performance.now() < deadline) await Bun.sleep(SETTLE_MS);
      await server.stop(true);
      return abandoned;
    },
  };
}

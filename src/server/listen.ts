import { FrontListener } from "../front/front-listener.ts";
import type { Gateway } from "../runtime/gateway.ts";
import { type AskAdmin, createDispatch } from "./dispatch.ts";

/** Where to listen. */
export interface ListenOptions {
  readonly hostname: string;
  /** Several threads listen on the same one. */
  readonly port: number;
  /** Answers what is asked of the admin API; absent: there is none here. */
  readonly askAdmin?: AskAdmin;
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

/** Milliseconds for the last bytes of tunnels to leave when a gateway stops. */
const LAST_BYTES_MS = 500;

/**
 * Starts listening.
 * @throws Error of Bun when the address cannot be used.
 */
export function listen(gateway: Gateway, options: ListenOptions): Listener {
  const front = new FrontListener(options, createDispatch(gateway, options.askAdmin));
  return {
    port: front.port,
    async drain(withinMs) {
      gateway.drain();
      const limit = Promise.withResolvers<void>();
      const timer = setTimeout(limit.resolve, withinMs);
      const drained = front.drain();
      await Promise.race([drained, limit.promise]);
      clearTimeout(timer);
      const abandoned = gateway.active();
      await closeTunnels(gateway, drained);
      front.close();
      return abandoned;
    },
  };
}

/** @param drained resolves when no connection is left */
async function closeTunnels(gateway: Gateway, drained: Promise<void>): Promise<void> {
  const { tunnels } = gateway.services;
  if (tunnels.size === 0) return;
  tunnels.close();
  await Promise.race([drained, Bun.sleep(LAST_BYTES_MS)]);
}

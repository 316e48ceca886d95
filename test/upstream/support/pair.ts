import { afterEach } from "bun:test";
import {
  createHttpUpstream,
  type HttpUpstream,
  type HttpUpstreamOptions,
} from "../../../src/upstream/http-upstream.ts";
import { plainAnswer } from "./call.ts";
import { type RawConnection, type RawServer, type RawServerOptions, startRawServer } from "./raw-server.ts";

const started: { readonly close: () => void }[] = [];

/** Call once in each file: closes what its tests have started. */
export function closeAfterEach(): void {
  afterEach(() => {
    for (const one of started.splice(0).reverse()) one.close();
  });
}

/** A server and the upstream that calls it. */
export interface Pair {
  readonly server: RawServer;
  readonly upstream: HttpUpstream;
}

/** Starts both. */
export function startPair(server: RawServerOptions, options: Partial<HttpUpstreamOptions> = {}): Pair {
  const raw = startRawServer(server);
  const upstream = createHttpUpstream({ origin: raw.origin, ...options });
  started.push({ close: () => raw[Symbol.dispose]() }, upstream);
  return { server: raw, upstream };
}

/** A server that answers everything alike. */
export function answering(body = "ok", headers = ""): RawServerOptions {
  return { onRequest: (connection) => connection.send(plainAnswer(body, headers)) };
}

/** A server whose requests wait until the test answers them. */
export function holding(): { readonly held: RawConnection[]; readonly options: RawServerOptions } {
  const held: RawConnection[] = [];
  return { held, options: { onRequest: (connection) => void held.push(connection) } };
}

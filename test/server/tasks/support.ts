import type { ArtifactProvider } from "../../../src/artifact/artifact.ts";
import type { TaskApiName } from "../../../src/runtime/tasks/provider-api.ts";
import type { ArtifactFixture } from "../../support/artifact-fixture.ts";
import { type GatewayFixture, startGateway } from "../../support/gateway-fixture.ts";
import { taskSample } from "../../support/task-samples.ts";

/** A request as a vendor got it. */
export interface VendorRequest {
  readonly path: string;
  readonly headers: Headers;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** The body as JSON; `undefined` where it is none. */
  readonly json: unknown;
  /** Aborted when the gateway has left. */
  readonly signal: AbortSignal;
}

type Answer = (request: VendorRequest) => Response | Promise<Response>;

/** A vendor on the loopback address. */
export interface Vendor {
  readonly baseUrl: string;
  readonly seen: VendorRequest[];
  answer: Answer;
  readonly stop: () => Promise<void>;
}

/** Starts a vendor that answers nothing until it is told what. */
export function startVendor(): Vendor {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const bytes = new Uint8Array(await request.arrayBuffer());
      const { pathname, search } = new URL(request.url);
      const contentType = request.headers.get("content-type") ?? "";
      const json = contentType.includes("json") ? JSON.parse(new TextDecoder().decode(bytes)) : undefined;
      const { headers, signal } = request;
      const seen = { path: pathname + search, headers, contentType, bytes, json, signal };
      vendor.seen.push(seen);
      return vendor.answer(seen);
    },
  });
  const vendor: Vendor = {
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
    seen: [],
    answer: () => new Response("nothing", { status: 500 }),
    stop: () => server.stop(true),
  };
  return vendor;
}

/** A sample of `test/wire` as a vendor sends it. */
export function sample(path: string, status = 200): Response {
  const { body, contentType } = taskSample(path);
  return new Response(new Uint8Array(body), { status, headers: { "content-type": contentType } });
}

/** A gateway in front of vendors. */
export interface TaskFixture extends GatewayFixture {
  readonly vendors: readonly [Vendor, ...Vendor[]];
}

/** What one vendor has, by the names of its APIs: shape, or shape, path and departures. */
export type Apis = Partial<
  Record<TaskApiName, string | { shape: string; path?: string; quirks?: Record<string, string> }>
>;

/** Starts a gateway whose model `fast` has a target for each vendor; none of them is a chat model unless it is said. */
export async function startTasks(
  apis: readonly Apis[],
  fixture: Partial<ArtifactFixture> = {},
  fetchMedia?: Parameters<typeof startGateway>[1],
): Promise<TaskFixture> {
  const [first = startVendor(), ...more] = apis.map(() => startVendor());
  const vendors = [first, ...more] as const;
  const gateway = await startGateway(
    {
      baseUrls: vendors.map(({ baseUrl }) => baseUrl),
      apisOf: apis.map(apisOf),
      dialects: apis.map(() => null),
      ...fixture,
    },
    fetchMedia,
  );
  const stop = async (): Promise<void> => {
    await gateway.stop();
    for (const vendor of vendors) await vendor.stop();
  };
  return { ...gateway, vendors, stop };
}

function apisOf(apis: Apis): ArtifactProvider["apis"] {
  return Object.fromEntries(
    Object.entries(apis).map(([name, row]) => {
      const { shape, path = `/${name}`, quirks = {} } = typeof row === "string" ? { shape: row } : row;
      return [name, { path, shape, quirks }];
    }),
  );
}

/** What a call fails with; the SDKs' promises are of their own classes. */
export async function failureOf(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return error;
  }
}

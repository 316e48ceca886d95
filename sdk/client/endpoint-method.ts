import type { CallOptions } from "./client-options.ts";
import { EndpointStream } from "./endpoint-stream.ts";
import { EventCall } from "./event-call.ts";
import { callForJson } from "./json-call.ts";
import type { ResponseInfo } from "./response-info.ts";
import type { ClientRequest, Transport } from "./transport.ts";

/** An endpoint's answer with what its headers say. */
export interface EndpointAnswer<Output> extends ResponseInfo {
  readonly output: Output;
}

/** One version of an endpoint. */
export interface EndpointVersion<Input, Output> {
  /** @throws LatchkeyClientError */
  (input: Input, options?: CallOptions): Promise<Output>;
  /** The answer as it is written. Nothing is sent before the stream is read. */
  stream(input: Input, options?: CallOptions): EndpointStream<Output>;
  /**
   * The answer with request id, cost and the like.
   * @throws LatchkeyClientError
   */
  withResponse(input: Input, options?: CallOptions): Promise<EndpointAnswer<Output>>;
}

/** An endpoint whose types are not known. */
export type UntypedEndpoint = EndpointVersion<unknown, unknown>;

/** A major version of an endpoint as a property: `v1`, `v2`, … */
const VERSION = /^v\d+$/;

/**
 * The method of an endpoint: itself the version that the gateway names current, its properties `v1`, `v2`, …
 * the major versions.
 * @throws TypeError for a name that no path can hold
 */
export function createEndpointMethod(transport: Transport, name: string): UntypedEndpoint {
  if (/^\.{0,2}$/.test(name)) throw new TypeError(`${JSON.stringify(name)} is no name of an endpoint`);
  const version = (segment: string): UntypedEndpoint =>
    createVersion(transport, `/api/${encodeURIComponent(name)}/${segment}`);
  return new Proxy(version("current"), {
    get: (target, property, receiver) =>
      typeof property === "string" && VERSION.test(property)
        ? version(property)
        : Reflect.get(target, property, receiver),
  });
}

function createVersion(transport: Transport, path: string): UntypedEndpoint {
  const request = (input: unknown, accept: ClientRequest["accept"]): ClientRequest => ({
    method: "POST",
    path,
    accept,
    body: input,
  });
  const withResponse = async (
    input: unknown,
    options: CallOptions = {},
  ): Promise<EndpointAnswer<unknown>> => {
    const { value, info } = await callForJson(transport, request(input, "application/json"), options);
    return { output: value, ...info };
  };
  const call = async (input: unknown, options?: CallOptions): Promise<unknown> =>
    (await withResponse(input, options)).output;
  const stream = (input: unknown, options: CallOptions = {}): EndpointStream<unknown> =>
    new EndpointStream(new EventCall(transport, request(input, "text/event-stream"), options));
  return Object.freeze(Object.assign(call, { stream, withResponse }));
}

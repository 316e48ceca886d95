import type { Usage } from "./usage.ts";

/** One row of the call log. Names are kept beside nothing else: ids change with each artifact, names do not. */
export interface CallRecord {
  /** Start of the call, milliseconds since the Unix epoch. */
  readonly time: number;
  readonly requestId: string;
  /** Hash of the artifact that served the call. */
  readonly artifact: string;
  /** Null where the call was refused before its key was known. */
  readonly tenant: string | null;
  readonly app: string | null;
  /** Name of a declared key or public id of an issued one; never key material. */
  readonly key: string | null;
  /** Service through which the key reaches what it called. */
  readonly service: string | null;
  /** Endpoint with its version, such as `sentiment@1.0.0`; null for calls to a model. */
  readonly endpoint: string | null;
  readonly model: string | null;
  /** Provider and model id that answered, such as `oai/gpt-4o-mini`. */
  readonly target: string | null;
  readonly method: string;
  /** Path without its query, which could hold a credential. */
  readonly path: string;
  readonly status: number;
  readonly errorCode: string | null;
  /** Words for operators about what went wrong; never secrets, never bodies. */
  readonly errorDetail: string | null;
  readonly stream: boolean;
  /** Targets that were tried. */
  readonly attempts: number;
  /** Null where the upstream did not tell. */
  readonly usage: Usage | null;
  /** Nano-USD; null where the price or the usage is unknown. */
  readonly costNanoUsd: number | null;
  /** Whole call, microseconds. */
  readonly latencyUs: number;
  /** From the call's start to the first byte of the upstream's answer, microseconds; null without one. */
  readonly firstByteUs: number | null;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Members of the request that the target has no words for and that were left out; null where none were. */
  readonly dropped: string | null;
  /** Members of which the target was told something close in their place; null where none were. */
  readonly changed: string | null;
}

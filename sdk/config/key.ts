import type { Digest } from "../../src/kernel/hash.ts";
import type { Backend } from "./backend.ts";
import type { Budget } from "./budget.ts";
import { type Declaration, declare } from "./declaration.ts";
import type { Endpoint } from "./endpoint.ts";
import type { HttpMethod } from "./http-method.ts";
import type { Limit } from "./limit.ts";
import type { Model } from "./model.ts";
import type { Service } from "./service.ts";

/** A day in UTC, `YYYY-MM-DD`; the key works until its end. */
export type DateText = `${number}-${number}-${number}`;

/** What a key may narrow. A list that is absent narrows nothing; an empty list allows nothing. */
export interface KeyScope {
  readonly services?: readonly Service[];
  readonly models?: readonly Model[];
  readonly endpoints?: readonly Endpoint[];
  readonly backends?: readonly Backend[];
  /** Methods of HTTP with which the key may be used. */
  readonly methods?: readonly HttpMethod[];
  /** Whether the key may only read: GET, HEAD and OPTIONS. */
  readonly readOnly?: boolean;
}

/** What is known of a key: never the key itself. */
export interface KeyOptions {
  /** As printed by `latchkey keys new`. */
  readonly digest: Digest;
  /** Last day on which the key works; without one it does not expire. */
  readonly expires?: DateText;
  /** Such as `"live"` or `"test"`: what approvals and policies of the tenant may ask for. */
  readonly environment?: string;
  readonly scope?: KeyScope;
  /** Networks the key may be used from, in CIDR form; absent: any, empty: none. */
  readonly networks?: readonly string[];
  readonly limits?: readonly Limit[];
  readonly budget?: Budget;
}

/** A declared key. */
export interface Key extends Declaration<"key">, KeyOptions {}

/**
 * Declares a key of an application by its digest.
 * @example key({ digest: "sha256:…", expires: "2027-06-30" })
 */
export function key(options: KeyOptions): Key {
  return declare("key", options);
}

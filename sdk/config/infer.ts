import type { z } from "zod";
import type { EndpointEntry, Gateway, GatewayOptions } from "./define-gateway.ts";
import type { Endpoint } from "./endpoint.ts";

/** The endpoint that clients call by default: the entry itself, or the first of its versions. */
type DefaultVersion<Entry> = Entry extends readonly [infer First, ...unknown[]] ? First : Entry;

/** All versions of an entry as a union. */
type AllVersions<Entry> = Entry extends readonly (infer Version)[] ? Version : Entry;

/** Major version number inside `"1.2.3"`, as text. */
type MajorOf<E> =
  E extends Endpoint<infer V> ? (V extends `${infer Major}.${string}` ? Major : never) : never;

/** What a caller sends: fields with defaults may be left out. */
export type EndpointInput<E> = E extends { readonly input: infer Input extends z.ZodType }
  ? z.input<Input>
  : never;

/** What a caller gets: the schema's type, or text where the endpoint has no schema. */
export type EndpointOutput<E> =
  E extends Endpoint<infer _V, infer _I, infer Output>
    ? Output extends z.ZodType
      ? z.output<Output>
      : { readonly text: string }
    : never;

/** Endpoints of a gateway by name, each with the default version and every major version. */
export type GatewayEndpoints<G> =
  G extends Gateway<infer Options>
    ? Options extends { readonly endpoints: infer Entries }
      ? {
          readonly [Name in keyof Entries]: Entries[Name] extends EndpointEntry
            ? {
                readonly current: DefaultVersion<Entries[Name]>;
                readonly versions: {
                  readonly [E in AllVersions<Entries[Name]> as `v${MajorOf<E>}`]: E;
                };
              }
            : never;
        }
      : Record<never, never>
    : never;

/** Names of a gateway's models. */
export type GatewayModelName<G> =
  G extends Gateway<infer Options extends GatewayOptions> ? Extract<keyof Options["models"], string> : never;

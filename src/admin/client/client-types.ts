import type { z } from "zod";
import type { Operation } from "../contract/operation.ts";
import type { adminOperations } from "../contract.ts";

type AnyOperation = (typeof adminOperations)[number];

/** Name of an operation: `<subject>.<verb>`. */
export type AdminOperationName = AnyOperation["name"];

type SubjectOf<N extends string> = N extends `${infer Subject}.${string}` ? Subject : never;
type VerbOf<N extends string, S extends string> = N extends `${S}.${infer Verb}` ? Verb : never;
type Named<N extends AdminOperationName> = Extract<AnyOperation, { readonly name: N }>;

/** A member that has to be given only where something of it has to. */
type Part<K extends string, T> =
  Record<never, never> extends T ? { readonly [P in K]?: T } : { readonly [P in K]: T };

/** What an operation is asked with. */
export type AdminRequest<O extends Operation> = Part<"params", z.input<O["params"]>> &
  Part<"query", z.input<O["query"]>> &
  (O["body"] extends z.ZodType ? Part<"body", z.input<O["body"]>> : unknown);

/**
 * What an operation answers; null where its answer has no body. A secret, which is `text`, is null in the answer to a
 * request that was sent again with its idempotency key.
 */
export type AdminAnswer<O extends Operation> = O["output"] extends z.ZodType
  ? O extends { readonly answersSecret: true }
    ? ShownOnce<z.output<O["output"]>>
    : z.output<O["output"]>
  : null;

type ShownOnce<Answer> = {
  readonly [Member in keyof Answer]: Member extends "text" ? Answer[Member] | null : Answer[Member];
};

/** What goes with one request. */
export interface AdminRequestOptions {
  /** The same text makes the same write once only, however often it is sent. */
  readonly idempotencyKey?: string;
  /** Version that the record has to have. */
  readonly version?: number;
  readonly signal?: AbortSignal;
}

/** One operation as a function. Rejects with `AdminApiError`, and with what `fetch` rejects with. */
export type AdminCall<O extends Operation> =
  Record<never, never> extends AdminRequest<O>
    ? (request?: AdminRequest<O>, options?: AdminRequestOptions) => Promise<AdminAnswer<O>>
    : (request: AdminRequest<O>, options?: AdminRequestOptions) => Promise<AdminAnswer<O>>;

/** All operations by subject and verb: `client.keys.list({ params: { tenant: "shop" } })`. */
export type AdminClient = {
  readonly [S in SubjectOf<AdminOperationName>]: {
    readonly [V in VerbOf<AdminOperationName, S>]: AdminCall<Named<Extract<AdminOperationName, `${S}.${V}`>>>;
  };
};

import type { z } from "zod";
import type { Permission } from "../permissions.ts";

/**
 * Whose things an operation deals with, and so where its permission is looked for: in the tenant that the path names, on
 * the platform, or nowhere else, since they are the member's own.
 */
export type OperationScope = "tenant" | "platform" | "self";

/** What the parts of a request have to look like. Members that are not named are refused. */
export type InputSchema = z.ZodObject;

/** One operation of the admin API. Everything else about it is derived from this: its route, checks, document and client. */
export interface Operation {
  /** `<subject>.<verb>`, unique. */
  readonly name: `${string}.${string}`;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/admin/v1`, with `{names}` of `params`; that of a tenant begins with `/tenants/{tenant}`. */
  readonly path: `/${string}`;
  readonly permission: Permission;
  readonly scope: OperationScope;
  /** One sentence without a full stop. */
  readonly summary: string;
  readonly params: InputSchema;
  readonly query: InputSchema;
  /** Null: none is taken. */
  readonly body: InputSchema | null;
  /** Null: the answer has no body. */
  readonly output: z.ZodType | null;
  readonly status: 200 | 201 | 204;
  /** Whether it changes who may call what: its answer waits until every serving thread goes by it. */
  readonly affectsCalls: boolean;
  /**
   * Whether the answer's member `text` is a secret that is shown once: it is not kept for those who send the request
   * again, who get null in its place. A write whose answer has a `text` has to say so or not.
   */
  readonly answersSecret?: boolean;
}

/** What a handler is given of a request. */
export interface OperationInput<O extends Operation> {
  readonly params: z.output<O["params"]>;
  readonly query: z.output<O["query"]>;
  readonly body: O["body"] extends z.ZodType ? z.output<O["body"]> : null;
}

/** What a handler answers. */
export type OperationOutput<O extends Operation> = O["output"] extends z.ZodType
  ? z.input<O["output"]>
  : null;

/** Declares an operation. */
export function operation<const O extends Operation>(declared: O): O {
  return declared;
}

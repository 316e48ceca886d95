import type { JsonObject } from "../../kernel/json.ts";

/** Headers of requests that many operations take. */
export const sharedParameters: JsonObject = {
  IdempotencyKey: {
    name: "idempotency-key",
    in: "header",
    required: false,
    description:
      "Makes a change safe to send again: within 24 hours the same request gets the answer of the first one, refusals " +
      "included, and another request with the key is refused. Nothing is kept of answers from 500 on, of those that say " +
      "to come again later, and of requests that are refused before anything has begun.",
    schema: { type: "string", pattern: "^[!-~]{1,255}$" },
  },
  IfMatch: {
    name: "if-match",
    in: "header",
    required: false,
    description: "The change is made only to this version: an entity tag as answers have it.",
    schema: { type: "string" },
    example: 'W/"3"',
  },
  IfNoneMatch: {
    name: "if-none-match",
    in: "header",
    required: false,
    description: "Entity tags of what is known already; where it is still so, the answer is 304.",
    schema: { type: "string" },
  },
};

/** Headers of answers. */
export const sharedHeaders: JsonObject = {
  RequestId: { description: "Names the request in the gateway's log", schema: { type: "string" } },
  ETag: { description: "The version, where the answer has one", schema: { type: "string" } },
  IdempotencyReplayed: {
    description: "`true`: this is the answer of an earlier request with the idempotency key",
    schema: { type: "string", enum: ["true"] },
  },
};

/** How callers say who they are. */
export const securitySchemes: JsonObject = {
  accessToken: {
    type: "http",
    scheme: "bearer",
    description: "An access token, `lkt_…`, for programs",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-latchkey",
    description:
      "The cookie of a browser that has signed in; `latchkey` where the gateway is reached by plain http",
  },
  csrf: {
    type: "apiKey",
    in: "header",
    name: "x-csrf-token",
    description: "With the cookie, on everything but reads: `csrf` as the member's own record has it",
  },
};

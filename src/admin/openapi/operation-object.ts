import { z } from "zod";
import type { Json, JsonObject } from "../../kernel/json.ts";
import type { Operation } from "../contract/operation.ts";
import { errorResponsesOf } from "./error-responses.ts";
import type { SchemaPool } from "./schema-pool.ts";

/** Headers that a kind of request may carry, by their names under `components.parameters`. */
const readHeaders = ["IfNoneMatch"];
const writeHeaders = ["IdempotencyKey", "IfMatch"];

/** An operation as OpenAPI describes it. */
export function operationObject(operation: Operation, pool: SchemaPool): JsonObject {
  const { name, method, summary, permission, scope, affectsCalls, body } = operation;
  const isRead = method === "GET";
  return {
    operationId: name,
    tags: [tagOf(operation)],
    summary,
    description: descriptionOf(operation),
    parameters: [
      ...parametersOf(operation, "path", pool),
      ...parametersOf(operation, "query", pool),
      ...(isRead ? readHeaders : writeHeaders).map((header) => ({
        $ref: `#/components/parameters/${header}`,
      })),
    ],
    ...(body !== null && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: { "application/json": { schema: pool.schemaOf(body, "input", `${name}.body`) } },
      },
    }),
    responses: { ...successOf(operation, pool), ...errorResponsesOf(operation) },
    security: isRead
      ? [{ accessToken: [] }, { session: [] }]
      : [{ accessToken: [] }, { session: [], csrf: [] }],
    "x-latchkey": { permission, scope, affectsCalls },
  };
}

/** What an operation is about: the first part of its name. */
export function tagOf({ name }: Operation): string {
  return name.split(".", 1)[0] ?? name;
}

function descriptionOf({ permission, scope, affectsCalls, answersSecret = false }: Operation): string {
  const where = {
    tenant: "in the tenant that the path names",
    platform: "on the platform",
    self: "and concerns your own things alone",
  };
  const parts = [`Needs the permission \`${permission}\`, ${where[scope]}.`];
  if (affectsCalls) parts.push("The answer comes when every part of the gateway goes by the change.");
  if (answersSecret) {
    parts.push(
      "`text` is a secret and shown once: a request that is sent again with its idempotency key gets null there.",
    );
  }
  return parts.join(" ");
}

function parametersOf(
  operation: Operation,
  place: "path" | "query",
  pool: SchemaPool,
): readonly JsonObject[] {
  const schema = place === "path" ? operation.params : operation.query;
  const { properties = {}, required = [] } = pool.schemaOf(schema, "input", `${operation.name}.${place}`);
  return Object.entries(properties as JsonObject).map(([name, described]) => ({
    name,
    in: place,
    required: place === "path" || (required as readonly Json[]).includes(name),
    schema: described,
    ...(place === "query" && isList(described) && { style: "form", explode: true }),
  }));
}

function isList(schema: Json | undefined): boolean {
  return (schema as JsonObject | undefined)?.["type"] === "array";
}

function successOf({ name, status, output, method, answersSecret }: Operation, pool: SchemaPool): JsonObject {
  const headers: JsonObject = {
    "x-request-id": { $ref: "#/components/headers/RequestId" },
    ...(output !== null && { etag: { $ref: "#/components/headers/ETag" } }),
    ...(method !== "GET" && { "idempotency-replayed": { $ref: "#/components/headers/IdempotencyReplayed" } }),
  };
  if (output === null) return { [status]: { description: "Done", headers } };
  const schema = pool.schemaOf(answersSecret ? replayable(output) : output, "output", `${name}.answer`);
  const done = {
    description: status === 201 ? "Made" : "Done",
    headers,
    content: { "application/json": { schema } },
  };
  return {
    [status]: done,
    ...(method === "GET" && { 304: { description: "What `if-none-match` names is still what is there" } }),
  };
}

/** An answer with a secret, which those who send their request again do not get. */
function replayable(output: z.ZodType): z.ZodType {
  const { text } = output instanceof z.ZodObject ? (output.shape as Record<string, z.ZodType>) : {};
  return output instanceof z.ZodObject && text !== undefined
    ? output.extend({ text: text.nullable() })
    : output;
}

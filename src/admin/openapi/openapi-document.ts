import type { JsonObject } from "../../kernel/json.ts";
import type { Operation } from "../contract/operation.ts";
import { errorResponses, errorSchema } from "./error-responses.ts";
import { operationObject, tagOf } from "./operation-object.ts";
import { SchemaPool } from "./schema-pool.ts";
import { securitySchemes, sharedHeaders, sharedParameters } from "./shared-components.ts";

const METHODS = ["GET", "POST", "PATCH", "DELETE"];

/**
 * The OpenAPI document of operations. It depends on them alone, and not on their order.
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDocument(operations: readonly Operation[]): JsonObject {
  const pool = new SchemaPool();
  const sorted = [...operations].sort(
    (one, other) =>
      compare(one.path, other.path) || METHODS.indexOf(one.method) - METHODS.indexOf(other.method),
  );
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const operation of sorted) {
    const item = paths[operation.path] ?? {};
    paths[operation.path] = item;
    item[operation.method.toLowerCase()] = operationObject(operation, pool);
  }
  const tags = [...new Set(sorted.map(tagOf))].sort(compare);
  return {
    openapi: "3.1.1",
    info: {
      title: "Latchkey admin API",
      version: "1",
      description:
        "What people and their tools decide on without a deploy. Lists are pages: `next` of one is `cursor` of the next.",
    },
    servers: [{ url: "/admin/v1" }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: errorSchema, ...pool.shared },
      responses: errorResponses(),
      parameters: sharedParameters,
      headers: sharedHeaders,
      securitySchemes,
    },
  };
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

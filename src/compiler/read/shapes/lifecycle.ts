import { declarationOf } from "../reader.ts";
import { objectOf, optional, type Shape, type Shaped } from "../shape.ts";
import { oneOf, startOfDay } from "../values.ts";

/** How far a version of an endpoint or a backend has come. */
export const status = optional(oneOf(["draft", "published", "deprecated", "retired"]));

/** What callers of a deprecated version are told. */
export function deprecationOf(kind: "endpoint" | "backend") {
  return optional(objectOf(deprecationShape(kind)));
}

function deprecationShape(kind: "endpoint" | "backend") {
  return {
    since: optional(startOfDay),
    sunset: optional(startOfDay),
    successor: optional(declarationOf(kind)),
  } satisfies Shape;
}

export type ReadDeprecation = Shaped<ReturnType<typeof deprecationShape>>;

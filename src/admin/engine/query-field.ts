import type { z } from "zod";

/** How a parameter of the query is written. */
export interface QueryField {
  readonly kind: "text" | "number" | "boolean";
  /** Whether it may occur more than once. */
  readonly isList: boolean;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** How the values of a schema are written in a query, where everything is text. */
export function queryField(schema: z.core.$ZodType): QueryField {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
    case "catch":
      return queryField(def.innerType);
    case "pipe":
      return queryField(def.in);
    case "array":
      return { ...queryField(def.element), isList: true };
    case "number":
    case "boolean":
      return { kind: def.type, isList: false };
    default:
      return { kind: "text", isList: false };
  }
}

/**
 * A value as its field has it; undefined where it is not written as such. A schema is not left to decide on that: one
 * that coerces would take an empty text for 0.
 */
export function readQueryValue(
  text: string,
  kind: QueryField["kind"],
): string | number | boolean | undefined {
  if (kind === "number") return NUMBER.test(text) ? Number(text) : undefined;
  if (kind === "boolean") return text === "true" || (text === "false" ? false : undefined);
  return text;
}

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

/** A value as its field has it; what is not written as it should be stays the text that it is, for the schema to refuse. */
export function readQueryValue(text: string, kind: QueryField["kind"]): string | number | boolean {
  if (kind === "number" && NUMBER.test(text)) return Number(text);
  if (kind === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

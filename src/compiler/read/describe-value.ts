import type { ConfigGraph, DeclarationKind, GraphTagged, GraphValue } from "../evaluate/graph.ts";

/** A value in words that do not repeat it: it could be a secret at the wrong place. */
export function describeValue(value: GraphValue, graph: ConfigGraph): string {
  if (value === null) return "null";
  if (typeof value === "string") return "a text";
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  if (!isTagged(value)) return "a list";
  switch (value.$) {
    case "object":
      return "an object";
    case "declaration":
      return kindWithArticle(graph.declarations[value.id]?.kind ?? "gateway");
    case "schema":
      return "a schema";
    case "prompt":
    case "function":
      return "a function";
    case "thrown":
      return "something that threw";
    case "other":
      // Numbers that JSON has are no tagged values.
      return value.what === "a number" ? "NaN or infinite" : value.what;
  }
}

/** Whether a value is one of those that carry a tag, rather than a list or a scalar. */
export function isTagged(value: GraphValue): value is GraphTagged {
  return typeof value === "object" && value !== null && "$" in value;
}

const CALLED: Readonly<Partial<Record<DeclarationKind, string>>> = {
  app: "an application",
  fallback: "a routing",
  limit: "a limit",
  secret: "a secret reference",
  approval: "an approval policy",
  oidc: "an identity provider",
  smtp: "an e-mail server",
};

/** A kind of declaration in words: `an endpoint`. */
export function kindWithArticle(kind: DeclarationKind): string {
  return CALLED[kind] ?? (/^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`);
}

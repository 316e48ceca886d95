import type { ArtifactBackendRoute } from "../../artifact/artifact.ts";
import { isJsonObject } from "../../kernel/json.ts";

/** A regular expression of a document, as requests are checked by it. */
export interface OperationPattern {
  readonly source: string;
  /** Ajv adds this flag to all. */
  readonly flags: "u";
  readonly maxLength: number | null;
  /** The operation and its parameter, or its body. */
  readonly where: string;
}

/** The regular expressions that requests of a route are held against. */
export function operationPatterns({ methods, path, operation }: ArtifactBackendRoute): OperationPattern[] {
  if (operation === null) return [];
  const name = `${methods?.[0] ?? ""} ${path}`.trim();
  const found: OperationPattern[] = [];
  for (const parameter of operation.parameters) look(parameter.schema, `${name}, ${parameter.name}`);
  for (const { schema } of operation.body?.content ?? []) look(schema, `${name}, body`);
  return found;

  function look(value: unknown, where: string): void {
    if (Array.isArray(value)) {
      for (const item of value) look(item, where);
    } else if (isJsonObject(value)) {
      const { pattern, maxLength } = value;
      if (typeof pattern === "string" && isExpression(pattern))
        found.push({
          source: pattern,
          flags: "u",
          maxLength: typeof maxLength === "number" ? maxLength : null,
          where,
        });
      for (const member of Object.values(value)) look(member, where);
    }
  }
}

/** Whether a text is a regular expression; requests cannot be checked by one that is not. */
function isExpression(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}

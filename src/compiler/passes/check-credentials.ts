import type { DeclarationKind, GraphValue, PromptOutcome } from "../evaluate/graph.ts";
import { isTagged } from "../read/describe-value.ts";
import type { Report, Spot, Whereabouts } from "../report.ts";
import { holdsCredential } from "../secrets/credential-shapes.ts";
import { holdsWholeKey } from "../secrets/whole-keys.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Declarations whose options are read as what may hold secrets, and refused where they do. */
const READ_WITH_CARE: ReadonlySet<DeclarationKind> = new Set<DeclarationKind>(["provider", "secret", "key"]);

/**
 * Finds credentials in descriptions, prompts and schemas, all of which are kept in the artifact. A whole key is an error;
 * what only looks like one is a warning, since a prompt may have to show what a key looks like.
 */
export function checkCredentials(config: ResolvedConfig, report: Report): ResolvedConfig {
  const { declarations, schemas } = config.graph;
  declarations.forEach(({ kind, fields }, declaration) => {
    if (READ_WITH_CARE.has(kind)) return;
    for (const [name, value] of Object.entries(fields)) look(value, { declaration, path: [name] });
  });
  return config;

  function look(value: GraphValue, at: Spot): void {
    if (typeof value === "string") {
      lookInText(value, at.path.join("."), { at, secret: true });
    } else if (Array.isArray(value)) {
      const items: readonly GraphValue[] = value;
      items.forEach((item, index) => {
        look(item, { ...at, path: [...at.path, index] });
      });
    } else if (isTagged(value)) lookInside(value, at);
  }

  function lookInside(value: Extract<GraphValue, { $: string }>, at: Spot): void {
    if (value.$ === "object") {
      for (const [name, member] of Object.entries(value.fields))
        look(member, { ...at, path: [...at.path, name] });
    } else if (value.$ === "schema") {
      const text = JSON.stringify(schemas[value.index] ?? null);
      lookInText(text, `the schema of ${at.path.join(".")}`, { at, secret: true });
    } else if (value.$ === "prompt") lookInPrompt(value.outcome, at);
  }

  function lookInPrompt(outcome: PromptOutcome, at: Spot): void {
    for (const { parts, site, role } of outcome.messages) {
      const what = `a ${role} message`.replace("a a", "an a");
      lookInText(JSON.stringify(parts), what, { at, site });
    }
  }

  function lookInText(text: string, what: string, where: Whereabouts): void {
    if (holdsWholeKey(text)) report.add("LK1332", `${what} holds a whole key`, where);
    else if (holdsCredential(text)) report.add("LK1319", `${what} holds what looks like a credential`, where);
  }
}

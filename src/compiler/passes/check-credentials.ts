import type { DeclarationKind, GraphValue, PromptOutcome } from "../evaluate/graph.ts";
import { isTagged } from "../read/describe-value.ts";
import type { Report, Spot } from "../report.ts";
import { holdsCredential } from "../secrets/credential-shapes.ts";
import type { ResolvedConfig } from "./resolve-references.ts";

/** Declarations whose options are read as what may hold secrets, and refused where they do. */
const READ_WITH_CARE: ReadonlySet<DeclarationKind> = new Set<DeclarationKind>(["provider", "secret", "key"]);

/**
 * Warns of credentials in descriptions, prompts and schemas. They are not errors: a prompt may have to show what
 * a key looks like.
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
      if (holdsCredential(value)) warn(at.path.join("."), at);
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
      if (holdsCredential(JSON.stringify(schemas[value.index] ?? null)))
        warn(`the schema of ${at.path.join(".")}`, at);
    } else if (value.$ === "prompt") lookInPrompt(value.outcome, at);
  }

  function lookInPrompt(outcome: PromptOutcome, at: Spot): void {
    for (const { parts, site, role } of outcome.messages) {
      if (!holdsCredential(JSON.stringify(parts))) continue;
      report.add("LK1319", `a ${role} message holds what looks like a credential`.replace("a a", "an a"), {
        at,
        site,
      });
    }
  }

  function warn(what: string, at: Spot): void {
    report.add("LK1319", `${what} holds what looks like a credential`, { at, secret: true });
  }
}

import type { PromptPart } from "../../../sdk/config/prompt.ts";
import type { ArtifactPrompt } from "../../artifact/artifact.ts";
import { isJsonObject } from "../../kernel/json.ts";
import { type DiagnosticCode, diagnosticTable } from "../diagnostic-codes.ts";
import type { GraphMessage, GraphMistake } from "../evaluate/graph.ts";
import { undeclaredName } from "../evaluate/undeclared-name.ts";
import type { ImportedConfig } from "../openapi/import-documents.ts";
import { checkParts, type PartChecker } from "../prompts/check-parts.ts";
import { lowerParts } from "../prompts/lower-parts.ts";
import type { ReadSchema } from "../read/schema.ts";
import type { ReadEndpoint } from "../read/shapes/supply.ts";
import type { Report } from "../report.ts";
import { suggest } from "../suggest.ts";

/** A config whose prompts are data. */
export interface PromptedConfig extends ImportedConfig {
  /** By the id of the endpoint's declaration. */
  readonly prompts: ReadonlyMap<number, ArtifactPrompt>;
}

/** Checks schemas and prompts, and makes the prompts what the artifact holds. */
export function checkEndpoints(config: ImportedConfig, report: Report): PromptedConfig {
  const prompts = new Map<number, ArtifactPrompt>();
  for (const [id, endpoint] of config.endpoints) {
    if (endpoint.input !== undefined) checkSchema(id, "input", endpoint.input, report);
    if (endpoint.output !== undefined) checkSchema(id, "output", endpoint.output, report);
    const prompt = checkPrompt(id, endpoint, report);
    if (prompt !== undefined) prompts.set(id, prompt);
  }
  return { ...config, prompts };
}

function checkSchema(id: number, side: "input" | "output", schema: ReadSchema, report: Report): void {
  const at = { declaration: id, path: [side] };
  for (const { type, path } of schema[side].unrepresentable) {
    const where = path.length === 0 ? side : `${side}.${path.join(".").replaceAll(".[]", "[]")}`;
    const what = type === "pipe" ? "a transform" : `of the type ${type}`;
    report.add("LK1411", `${where} is ${what}, which JSON Schema cannot express`, { at });
  }
  if (side === "input" && schema.input.json["type"] !== "object") {
    report.add("LK1412", `an endpoint's input is an object, not ${schema.type}`, { at });
  }
}

function checkPrompt(
  id: number,
  { prompt, input }: ReadEndpoint,
  report: Report,
): ArtifactPrompt | undefined {
  if (prompt === undefined) return undefined;
  const at = { declaration: id, path: ["prompt"] };
  const { messages, mistakes } = prompt;
  for (const mistake of mistakes) reportMistake(at, mistake, report);
  // Which messages there are may depend on a value that was taken for a known one.
  const isWhole = mistakes.every(({ code }) => code === "LK1402");
  if (messages.length === 0 && mistakes.length === 0)
    report.add("LK1407", "the prompt function answers an empty list", { at, part: "key" });
  else if (isWhole && messages.length > 0 && messages.every(({ role }) => role === "system")) {
    report.add("LK1408", "the prompt has no user message", { at, part: "key" });
  }
  if (input !== undefined) {
    const used = checkMessages(id, messages, input, report);
    if (mistakes.length === 0 && messages.length > 0) checkUnused(id, used, input, report);
  }
  if (mistakes.length > 0) return undefined;
  return messages.map(({ role, parts }) => ({ role, parts: lowerParts(declaredParts(parts)) }));
}

function reportMistake(
  at: { readonly declaration: number; readonly path: readonly string[] },
  { code, message, subject, candidates, site }: GraphMistake,
  report: Report,
): void {
  const meant = suggest(subject, candidates);
  const found: DiagnosticCode = isDiagnosticCode(code) ? code : "LK1409";
  report.add(found, found === "LK1409" ? `the prompt function threw ${message}` : message, {
    at,
    part: "key",
    ...(site === "" ? {} : { site }),
    ...undeclaredName(message),
    ...(meant === undefined ? {} : { suggestion: `did you mean \`${meant}\`?` }),
  });
}

/** Checks what stands in the messages; answers the fields of the input that were met, the empty name for all of it. */
function checkMessages(
  id: number,
  messages: readonly GraphMessage[],
  input: ReadSchema,
  report: Report,
): ReadonlySet<string> {
  const root = input.output.json;
  const used = new Set<string>();
  const scope = new Map([[0, { schema: root, absent: false, nullable: false }]]);
  for (const { role, parts, site } of messages) {
    const at = { declaration: id, path: ["prompt"] };
    const checker: PartChecker = {
      root,
      isSystem: role === "system",
      used,
      problem: (code, message) => report.add(code, message, { at, site }),
    };
    checkParts(declaredParts(parts), scope, checker);
  }
  return used;
}

function checkUnused(id: number, used: ReadonlySet<string>, input: ReadSchema, report: Report): void {
  const fields = input.output.json["properties"];
  if (used.has("") || !isJsonObject(fields)) return;
  for (const field of Object.keys(fields)) {
    if (used.has(field)) continue;
    const message = `the prompt does not use the input's field ${JSON.stringify(field)}`;
    report.add("LK1414", message, { at: { declaration: id, path: ["input", field] } });
  }
}

/** Parts as the config language made them; they came through JSON unchanged. */
function declaredParts(parts: GraphMessage["parts"]): readonly PromptPart[] {
  return Array.isArray(parts) ? (parts as unknown as readonly PromptPart[]) : [];
}

function isDiagnosticCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(diagnosticTable, code);
}

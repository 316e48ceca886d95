import { isJsonObject, type JsonObject } from "../../kernel/json.ts";

/**
 * Tools of Anthropic's own that are beta, by their type.
 * Source: https://docs.anthropic.com/en/api/beta-headers and the pages of the tools
 */
const TOOLS: Readonly<Record<string, string>> = {
  computer_20241022: "computer-use-2024-10-22",
  bash_20241022: "computer-use-2024-10-22",
  text_editor_20241022: "computer-use-2024-10-22",
  computer_20250124: "computer-use-2025-01-24",
  computer_20251124: "computer-use-2025-11-24",
  code_execution_20250522: "code-execution-2025-05-22",
  memory_20250818: "context-management-2025-06-27",
  advisor_20260301: "advisor-tool-2026-03-01",
};

/** Files that were uploaded before. */
const FILES = "files-api-2025-04-14";

/** The `anthropic-beta` header that a request needs, as a list of none or one. */
export function betaHeaders(
  tools: readonly JsonObject[],
  messages: readonly { readonly content: readonly JsonObject[] }[],
): readonly (readonly [string, string])[] {
  const betas = new Set<string>();
  for (const { type } of tools)
    if (typeof type === "string" && Object.hasOwn(TOOLS, type)) betas.add(TOOLS[type] ?? "");
  if (messages.some(({ content }) => content.some(namesFile))) betas.add(FILES);
  return betas.size === 0 ? [] : [["anthropic-beta", [...betas].join(",")]];
}

function namesFile({ type, source, content }: JsonObject): boolean {
  if (type === "container_upload") return true;
  if (isJsonObject(source) && source["type"] === "file") return true;
  return Array.isArray(content) && (content as readonly unknown[]).some(isFileBlock);
}

function isFileBlock(block: unknown): boolean {
  return isJsonObject(block) && isJsonObject(block["source"]) && block["source"]["type"] === "file";
}

import type { Usage } from "../../../canonical/usage.ts";
import { isJsonObject } from "../../../kernel/json.ts";
import { count, inputUsage } from "../usage.ts";

/**
 * Usage of an answer, where it has any: older models tell none. The details' name differs between Google's APIs.
 * Wire format: https://ai.google.dev/api/embeddings (`usageMetadata`)
 */
export function readUsage(usage: unknown): Usage | undefined {
  const input = isJsonObject(usage) ? count(usage["promptTokenCount"]) : undefined;
  if (!isJsonObject(usage) || input === undefined) return undefined;
  const details = usage["promptTokensDetails"] ?? usage["promptTokenDetails"];
  const images = (Array.isArray(details) ? details : []).map((detail: unknown) =>
    isJsonObject(detail) && detail["modality"] === "IMAGE" ? (count(detail["tokenCount"]) ?? 0) : 0,
  );
  return inputUsage(
    input,
    images.reduce((sum, each) => sum + each, 0),
  );
}

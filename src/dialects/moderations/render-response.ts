import type { ModerationRequest, ModerationResponse, ModerationResult } from "../../canonical/moderation.ts";
import type { JsonObject } from "../../kernel/json.ts";
import { jsonBody } from "../task/json-body.ts";
import type { TaskBody, TaskContext } from "../task/task-dialect.ts";
import { openaiCategories } from "./categories.ts";

/**
 * Judgements in OpenAI's shape. Each of OpenAI's categories is there, since clients look for them: one that the vendor
 * does not judge is null with the score null and applies to no input. `false` would say that nothing was found.
 * Wire format: https://platform.openai.com/docs/api-reference/moderations/object
 */
export function renderResponse(
  response: ModerationResponse,
  { requestId, model }: TaskContext<ModerationRequest>,
): TaskBody {
  return jsonBody({
    id: response.id === "" ? `modr-${requestId}` : response.id,
    model: response.model === "" ? model : response.model,
    results: response.results.map(renderResult),
  });
}

function renderResult({ isFlagged, verdicts }: ModerationResult): JsonObject {
  const names = new Set([...openaiCategories, ...Object.keys(verdicts)]);
  const entries = [...names].map((name) => {
    const verdict = Object.hasOwn(verdicts, name) ? verdicts[name] : undefined;
    return { name, verdict: verdict ?? { isFlagged: null, score: null, appliesTo: [] } };
  });
  return {
    flagged: isFlagged,
    categories: Object.fromEntries(entries.map(({ name, verdict }) => [name, verdict.isFlagged])),
    category_scores: Object.fromEntries(entries.map(({ name, verdict }) => [name, verdict.score])),
    category_applied_input_types: Object.fromEntries(
      entries.map(({ name, verdict }) => [name, [...verdict.appliesTo]]),
    ),
  };
}

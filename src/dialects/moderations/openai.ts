import type {
  ModerationPart,
  ModerationRequest,
  ModerationRequestField,
  ModerationResponse,
  ModerationResult,
  ModerationVerdict,
} from "../../canonical/moderation.ts";
import { isJsonObject, type Json, type JsonObject } from "../../kernel/json.ts";
import { parseError } from "../openai-chat/error.ts";
import { jsonBody, objectsOf, readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../task/task-dialect.ts";
import { readTaskUsage } from "../task/usage.ts";
import type { ModerationLoss, ModerationsEgress } from "./moderations-dialect.ts";

function renderRequest(request: ModerationRequest, traits: TaskTraits): RenderedTask<ModerationRequestField> {
  const losses: ModerationLoss[] = [];
  const body = { model: traits.upstreamModel, input: renderInputs(request, losses) };
  return { path: fillPath(traits.path, traits.upstreamModel), ...jsonBody(body), losses, streams: false };
}

function renderInputs({ inputs }: ModerationRequest, losses: ModerationLoss[]): Json {
  const texts = inputs.map(onlyText);
  const [first] = inputs;
  if (texts.every((text) => text !== undefined)) return texts.length === 1 ? (texts[0] ?? "") : texts;
  if (inputs.length > 1)
    losses.push({
      path: { field: "inputs" },
      isHarmless: false,
      reason: "may hold pictures for one result only",
    });
  return (first ?? []).map((part) =>
    part.type === "text" ? { ...part } : { type: "image_url", image_url: { url: part.url } },
  );
}

function onlyText(parts: readonly ModerationPart[]): string | undefined {
  const [part] = parts;
  return parts.length === 1 && part?.type === "text" ? part.text : undefined;
}

/** Judgements; `undefined` where there are none. Wire format: https://platform.openai.com/docs/api-reference/moderations/object */
function parseResponse(answer: TaskBody): ModerationResponse | undefined {
  const body = readJsonBody(answer);
  if (body === undefined || !Array.isArray(body["results"])) return undefined;
  return readModeration(body, objectsOf(body["results"]).map(readResult));
}

/** What stands around the results. */
export function readModeration(
  { id, model, usage }: JsonObject,
  results: readonly ModerationResult[],
): ModerationResponse | undefined {
  if (results.length === 0) return undefined;
  const told = readTaskUsage(usage);
  return {
    id: typeof id === "string" ? id : "",
    model: typeof model === "string" ? model : "",
    results,
    ...(told !== undefined && { usage: told }),
  };
}

function readResult(result: JsonObject): ModerationResult {
  const { categories, category_scores: scores, category_applied_input_types: types } = result;
  const names = isJsonObject(categories) ? Object.entries(categories) : [];
  const verdicts = names.map(([name, value]): readonly [string, ModerationVerdict] => {
    const score = isJsonObject(scores) ? scores[name] : undefined;
    const applied = isJsonObject(types) ? types[name] : undefined;
    const list: readonly unknown[] = Array.isArray(applied) ? applied : ["text"];
    const appliesTo = (["text", "image"] as const).filter((kind) => list.includes(kind));
    return [name, { isFlagged: value === true, score: typeof score === "number" ? score : 0, appliesTo }];
  });
  return {
    isFlagged: result["flagged"] === true,
    // Not by assignment: a category may be named `__proto__`.
    verdicts: Object.fromEntries(verdicts),
  };
}

/** Judgements of OpenAI. Wire format: https://platform.openai.com/docs/api-reference/moderations/create */
export const openai: ModerationsEgress = { renderRequest, parseResponse, parseError };

import type {
  ModerationPart,
  ModerationRequest,
  ModerationRequestField,
  ModerationResponse,
  ModerationResult,
  ModerationVerdict,
} from "../../canonical/moderation.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { parseError } from "../openai-chat/error.ts";
import { jsonBody, objectsOf, readJsonBody } from "../task/json-body.ts";
import { fillPath } from "../task/path.ts";
import type { RenderedTask, TaskBody, TaskTraits } from "../task/task-dialect.ts";
import { mistralToOpenai, mistralTopics } from "./categories.ts";
import type { ModerationLoss, ModerationsEgress } from "./moderations-dialect.ts";
import { readModeration } from "./openai.ts";

/** Texts only; those that are judged together become one. */
function renderRequest(request: ModerationRequest, traits: TaskTraits): RenderedTask<ModerationRequestField> {
  const losses: ModerationLoss[] = [];
  if (request.inputs.flat().some(({ type }) => type === "image"))
    losses.push({ path: { field: "inputs" }, isHarmless: false, reason: "may hold no pictures for Mistral" });
  const body = { model: traits.upstreamModel, input: request.inputs.map(joinTexts) };
  return { path: fillPath(traits.path, traits.upstreamModel), ...jsonBody(body), losses, streams: false };
}

function joinTexts(parts: readonly ModerationPart[]): string {
  return parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
}

function parseResponse(answer: TaskBody): ModerationResponse | undefined {
  const body = readJsonBody(answer);
  if (body === undefined || !Array.isArray(body["results"])) return undefined;
  return readModeration(body, objectsOf(body["results"]).map(readResult));
}

/** Two of Mistral's categories may be one of OpenAI's: the worse one counts. */
function readResult({ categories, category_scores: scores }: JsonObject): ModerationResult {
  const verdicts = new Map<string, ModerationVerdict>();
  let isFlagged = false;
  for (const [own, value] of isJsonObject(categories) ? Object.entries(categories) : []) {
    const name = (Object.hasOwn(mistralToOpenai, own) ? mistralToOpenai[own] : undefined) ?? own;
    const given = isJsonObject(scores) ? scores[own] : undefined;
    const score = typeof given === "number" ? given : 0;
    const before = verdicts.get(name);
    verdicts.set(name, {
      isFlagged: value === true || before?.isFlagged === true,
      score: Math.max(score, before?.score ?? 0),
      appliesTo: ["text"],
    });
    if (value === true && !mistralTopics.includes(own)) isFlagged = true;
  }
  return { isFlagged, verdicts: Object.fromEntries(verdicts) };
}

/** Judgements of Mistral. Wire format: https://docs.mistral.ai/api/ (`/v1/moderations`) */
export const mistral: ModerationsEgress = { renderRequest, parseResponse, parseError };

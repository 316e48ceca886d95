import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { CallerDialect, IngressRequest } from "../../dialects/dialect.ts";
import { targetCountings, tokenCountings } from "../../dialects/registry.ts";
import type { TargetCounting } from "../../dialects/token-counting.ts";
import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type JsonObject, tryParseJson } from "../../kernel/json.ts";
import { checkJsonBody } from "../../kernel/scan-error.ts";
import type { Attempt } from "../attempt.ts";
import { judgeFailure } from "../exchange/judge-answer.ts";
import { parseBody } from "../exchange/translation.ts";
import type { GatewayServices } from "../gateway.ts";
import type { AuthenticatedCall } from "../pipeline.ts";
import { wholeReply } from "../relay/whole-reply.ts";
import { authorizeModel } from "../stages/authorize.ts";
import { callTargets, type OutgoingRequest, type Question } from "../stages/call-targets.ts";
import { readCallBody } from "../stages/read-call-body.ts";
import type { ModelEntry, TargetEntry } from "../target-table.ts";
import type { TargetWay } from "../target-way.ts";
import { textsOf } from "./estimate-tokens.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Answers of counts are small. */
const MAX_BYTES = 1024 * 1024;

/**
 * Counts the tokens of a request in the caller's dialect. The model's own vendor counts where it has an API for it;
 * otherwise, and where it fails, the gateway estimates and says so in a header.
 * @param model name in the path, for the dialects that keep it there
 * @param complete puts in what a request only names
 */
export async function countTokens(
  dialect: CallerDialect,
  model: string | undefined,
  call: AuthenticatedCall,
  request: IncomingRequest,
  services: GatewayServices,
  complete?: (body: JsonObject) => Promise<JsonObject>,
): Promise<Reply> {
  const counting = tokenCountings[dialect.name];
  if (counting === undefined) throw new LatchkeyError("LK-2006");
  const bytes = await readCallBody(call, request);
  checkJsonBody(bytes);
  const given = parseBody(bytes, dialect.ingress.exactMembers);
  const body = (await complete?.(given)) ?? given;
  const input: IngressRequest = { body, ...(model !== undefined && { model }) };
  const { request: parsed } = counting.parseRequest(input);
  const entry = authorizeModel(call.tables, call.key, parsed.model);
  call.model = entry;
  call.service = call.key.serviceOf("models", entry.id);
  const exact = await askVendor(call, entry, parsed, request);
  const count = exact ?? (await services.estimateTokens(textsOf(parsed)));
  const told = encoder.encode(JSON.stringify(counting.renderResponse(count)));
  const headers = exact === undefined ? "x-latchkey-estimated: tokens\r\n" : "";
  return wholeReply(call, entry.headers, told, { headers });
}

async function askVendor(
  call: AuthenticatedCall,
  model: ModelEntry,
  parsed: ChatRequest,
  request: IncomingRequest,
): Promise<number | undefined> {
  if (!model.targets.some((target) => wayOf(target) !== undefined)) return undefined;
  const question = new CountQuestion(parsed);
  try {
    await callTargets(call, model, question, { request, maxBytes: MAX_BYTES });
    return question.count;
  } catch (thrown) {
    if (thrown instanceof LatchkeyError && thrown.code === "LK-2301") throw thrown;
    return undefined;
  }
}

/** How many tokens a request has, put to each target that can count. */
class CountQuestion implements Question {
  readonly stream = false;
  count: number | undefined;
  readonly #request: ChatRequest;

  constructor(request: ChatRequest) {
    this.#request = request;
  }

  ask(target: TargetEntry): OutgoingRequest {
    const { way, counting } = wayAndCounting(target);
    const { body, headers = [] } = counting.renderRequest(this.#request, way.traits);
    const head = target.connection.head({ path: way.basePath + counting.path(way.traits), headers });
    return { head, body: encoder.encode(JSON.stringify(body)) };
  }

  holdBytes(): number {
    return MAX_BYTES;
  }

  judge(attempt: Attempt, target: TargetEntry): LatchkeyError | undefined {
    const { head, error } = attempt;
    const { way, counting } = wayAndCounting(target);
    if (error !== undefined) return error;
    if (head === undefined) return new LatchkeyError("LK-3008");
    if (head.status >= 300) return judgeFailure(attempt, head, way);
    const value = tryParseJson(decoder.decode(attempt.whole() ?? new Uint8Array()));
    this.count = isJsonObject(value) ? counting.parseResponse(value as JsonObject) : undefined;
    return this.count === undefined ? new LatchkeyError("LK-3009") : undefined;
  }
}

/** The way in which a target counts: its own, or one in which it is served as well. */
function wayOf({ ownWay, ways }: TargetEntry): TargetWay | undefined {
  const counts = ({ dialect }: TargetWay): boolean => targetCountings[dialect.name] !== undefined;
  return counts(ownWay) ? ownWay : Object.values(ways).find((way) => way.isSame && counts(way));
}

/** @throws LatchkeyError LK-2110 for targets without such an API, so that another one is asked. */
function wayAndCounting(target: TargetEntry): { readonly way: TargetWay; readonly counting: TargetCounting } {
  const way = wayOf(target);
  const counting = way === undefined ? undefined : targetCountings[way.dialect.name];
  if (way === undefined || counting === undefined) throw new LatchkeyError("LK-2110");
  return { way, counting };
}

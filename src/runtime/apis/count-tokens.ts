import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { ChatDialectName } from "../../canonical/content.ts";
import type { CallerDialect, IngressRequest } from "../../dialects/dialect.ts";
import { tokenCountings } from "../../dialects/registry.ts";
import type { TokenCounting } from "../../dialects/token-counting.ts";
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
import { textsOf } from "./estimate-tokens.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Answers of counts are small. */
const MAX_BYTES = 1024 * 1024;

/**
 * Counts the tokens of a request in the caller's dialect. The model's own vendor counts where it has an API for it;
 * otherwise, and where it fails, the gateway estimates and says so in a header.
 * @param model name in the path, for the dialects that keep it there
 */
export async function countTokens(
  dialect: CallerDialect,
  model: string | undefined,
  call: AuthenticatedCall,
  request: IncomingRequest,
  services: GatewayServices,
): Promise<Reply> {
  const counting = tokenCountings[dialect.name];
  if (counting === undefined) throw new LatchkeyError("LK-2006");
  const bytes = await readCallBody(call, request);
  checkJsonBody(bytes);
  const body = parseBody(bytes, dialect.ingress.exactMembers);
  const input: IngressRequest = { body, ...(model !== undefined && { model }) };
  const { request: parsed } = counting.parseRequest(input);
  const entry = authorizeModel(call.tables, call.key, parsed.model);
  call.model = entry;
  call.service = call.key.grant.services.nameOf("models", entry.id);
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
  if (!model.targets.some(({ ownWay }) => tokenCountings[ownWay.dialect.name] !== undefined))
    return undefined;
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

  ask({ ownWay, connection }: TargetEntry): OutgoingRequest {
    const counting = countingOf(ownWay.dialect.name);
    const { body, headers = [] } = counting.renderRequest(this.#request, ownWay.traits);
    const head = connection.head({ path: ownWay.basePath + counting.path(ownWay.traits), headers });
    return { head, body: encoder.encode(JSON.stringify(body)) };
  }

  holdBytes(): number {
    return MAX_BYTES;
  }

  judge(attempt: Attempt, { ownWay }: TargetEntry): LatchkeyError | undefined {
    const { head, error } = attempt;
    if (error !== undefined) return error;
    if (head === undefined) return new LatchkeyError("LK-3008");
    if (head.status >= 300) return judgeFailure(attempt, head, ownWay);
    const value = tryParseJson(decoder.decode(attempt.whole() ?? new Uint8Array()));
    this.count = isJsonObject(value)
      ? countingOf(ownWay.dialect.name).parseResponse(value as JsonObject)
      : undefined;
    return this.count === undefined ? new LatchkeyError("LK-3009") : undefined;
  }
}

/** @throws LatchkeyError LK-2110 for dialects without such an API, so that another target is asked. */
function countingOf(name: ChatDialectName): TokenCounting {
  const counting = tokenCountings[name];
  if (counting === undefined) throw new LatchkeyError("LK-2110");
  return counting;
}

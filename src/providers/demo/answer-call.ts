import type { Clock } from "../../kernel/clock.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import type { UpstreamCall } from "../../upstream/upstream.ts";
import { type AnswerEnding, type DemoAnswer, jsonAnswer } from "./answer.ts";
import { type DemoChoice, makeChoices } from "./choices.ts";
import { renderCompletion } from "./completion.ts";
import { answerEmbeddings, embeddingsPath } from "./embeddings.ts";
import { failureOf } from "./failures.ts";
import { identityOf } from "./identity.ts";
import { DemoRefusal } from "./refusal.ts";
import { type DemoRequest, readBody, readModel, readRequest } from "./request.ts";
import { streamEvents } from "./stream.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { countPrompt, usageOf } from "./usage.ts";

/** What answering needs. */
export interface AnswerDependencies {
  readonly tokenizer: Tokenizer;
  readonly clock: Clock;
}

/** What the demo provider listens to. */
const PATHS: readonly string[] = ["/v1/chat/completions", embeddingsPath];
/** Milliseconds that the model `slow` takes for a token. */
const SLOW_MS_PER_TOKEN = 50;

/** Answers one call. Never rejects: what is wrong becomes an answer of OpenAI's error shape. */
export async function answerCall(
  call: Pick<UpstreamCall, "head" | "body">,
  dependencies: AnswerDependencies,
): Promise<DemoAnswer> {
  try {
    const path = readRoute(call.head);
    const fields = readBody(call.body);
    const model = readModel(fields);
    const failure = failureOf(model);
    if (failure !== undefined) throw failure;
    if (path === embeddingsPath) return await answerEmbeddings(fields, model, dependencies.tokenizer);
    return await answerRequest(readRequest(fields, model), call.body, dependencies);
  } catch (thrown) {
    return answerError(thrown);
  }
}

async function answerRequest(
  request: DemoRequest,
  body: Uint8Array,
  { tokenizer, clock }: AnswerDependencies,
): Promise<DemoAnswer> {
  const promptTokens = await countPrompt(request, tokenizer);
  const choices = await makeChoices(request, tokenizer);
  const completionTokens = choices.reduce((sum, choice) => sum + choice.tokens, 0);
  const usage = usageOf(promptTokens, completionTokens);
  const identity = identityOf(body, request.model, clock.now());
  const msPerToken = request.model === "slow" ? SLOW_MS_PER_TOKEN : 0;
  const ending = endingOf(request);
  if (!request.stream) {
    const text = renderCompletion(identity, choices, usage);
    return jsonAnswer(200, text, { delayMs: completionTokens * msPerToken, ending });
  }
  const events = streamEvents({
    identity,
    choices,
    usage: request.includeUsage ? usage : undefined,
    msPerToken,
  });
  return {
    status: 200,
    headers: [["content-type", "text/event-stream; charset=utf-8"]],
    contentLength: undefined,
    pieces: ending === "complete" ? events : firstOf(events, halfOf(choices)),
    ending,
  };
}

function endingOf({ model }: DemoRequest): AnswerEnding {
  if (model === "fail-cut") return "cut";
  return model === "fail-stall" ? "stall" : "complete";
}

/** Events until about half of the content: one that opens each choice and half of the pieces. */
function halfOf(choices: readonly DemoChoice[]): number {
  const pieces = choices.reduce(
    (sum, { content, calls }) =>
      sum + content.length + calls.reduce((inside, call) => inside + 1 + call.arguments.length, 0),
    0,
  );
  return choices.length + (pieces >> 1);
}

function* firstOf<Item>(items: Iterable<Item>, count: number): Generator<Item> {
  let left = count;
  for (const item of items) {
    if (left-- <= 0) return;
    yield item;
  }
}

/** The path of a call. @throws DemoRefusal for a path or a method that the demo provider does not have. */
function readRoute(head: string): string {
  const [method, target = ""] = head.split(" ", 2);
  if (!PATHS.includes(target))
    throw new DemoRefusal(`The demo provider has ${PATHS.join(" and ")} only.`, {
      status: 404,
      code: "unknown_url",
    });
  if (method !== "POST") throw new DemoRefusal(`${target} takes POST only.`, { status: 405 });
  return target;
}

function answerError(thrown: unknown): DemoAnswer {
  if (thrown instanceof DemoRefusal)
    return jsonAnswer(thrown.status, thrown.body, { headers: thrown.headers });
  const { message } = toLatchkeyError(thrown);
  return jsonAnswer(500, new DemoRefusal(message, { status: 500, type: "server_error" }).body);
}

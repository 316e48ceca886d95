import type { ValidationIssue } from "../../artifact/function-ref.ts";
import type { FinishReason } from "../../canonical/finish-reason.ts";
import type { IncomingRequest } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { EndpointEntry } from "../endpoint-table.ts";
import type { AuthenticatedCall } from "../pipeline.ts";
import { type Answer, callTargets } from "../stages/call-targets.ts";
import type { TargetWay } from "../target-way.ts";
import { buildRequest } from "./build-request.ts";
import { EndpointQuestion } from "./endpoint-question.ts";
import type { RenderedMessage } from "./render-prompt.ts";

/** An endpoint's call with its input checked and its prompt rendered. */
export interface EndpointJob {
  readonly call: AuthenticatedCall;
  readonly endpoint: EndpointEntry;
  readonly request: IncomingRequest;
  readonly messages: readonly RenderedMessage[];
}

/** A model's answer, and the way on which it is to be heard. */
export interface EndpointAnswer extends Answer {
  readonly way: TargetWay;
}

/** Issues that are named to a caller or a model at most. */
const MAX_ISSUES = 5;

/** Sends messages to the endpoint's model. @throws LatchkeyError as `callTargets`. */
export async function askModel(
  job: EndpointJob,
  messages: readonly RenderedMessage[],
  stream: boolean,
): Promise<EndpointAnswer> {
  const { maxResponseBytes: maxBytes } = job.call.tables.artifact.settings;
  const question = new EndpointQuestion(buildRequest(job.endpoint, messages, stream), maxBytes);
  const answer = await callTargets(job.call, job.endpoint.model, question, {
    request: job.request,
    maxBytes,
  });
  return { ...answer, way: question.wayTo(answer.target) };
}

/** The conversation that asks the model to correct an answer that does not match the schema. */
export function askAgain(
  job: EndpointJob,
  answer: string,
  issues: readonly ValidationIssue[],
): readonly RenderedMessage[] {
  const content = `That answer does not match the required JSON schema: ${describeIssues(issues)}. Answer again with nothing but JSON that matches it.`;
  return [...job.messages, { role: "assistant", content: answer }, { role: "user", content }];
}

/** The error for an answer that cannot be used. */
export function unusable(issues: readonly ValidationIssue[]): LatchkeyError {
  return new LatchkeyError("LK-3014", undefined, { internal: describeIssues(issues) });
}

/** The error for a model that declined to answer. */
export function refused(words: string): LatchkeyError {
  return new LatchkeyError("LK-3014", "The model declined to answer.", {
    internal: `refusal: ${words.slice(0, 500)}`,
  });
}

/** Issues as one line of text. */
export function describeIssues(issues: readonly ValidationIssue[]): string {
  const shown = issues
    .slice(0, MAX_ISSUES)
    .map(({ path, message }) => (path === "" ? message : `${path} ${message}`));
  const rest = issues.length - shown.length;
  return shown.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}

/**
 * What keeps an answer from being whole although it ended in good order; `undefined` where nothing does. A cut answer
 * is not asked for again: it would be cut again.
 * @param isWhole whether what came can be used all the same
 */
export function incomplete(reason: FinishReason, isWhole: boolean): LatchkeyError | undefined {
  switch (reason) {
    case "content-filter":
      return refused("the provider's content filter held the answer back");
    case "refusal":
      return refused("the model stopped because it declines");
    case "length":
    case "context-length":
      return isWhole ? undefined : new LatchkeyError("LK-3016");
    case "error":
      return new LatchkeyError("LK-3008");
    default:
      return undefined;
  }
}

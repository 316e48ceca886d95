import type { Reply } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { wholeReply } from "../relay/whole-reply.ts";
import type { Answer } from "../stages/call-targets.ts";
import { type AnswerText, readAnswerText } from "./answer-text.ts";
import { askAgain, askModel, type EndpointJob, incomplete, refused, unusable } from "./job.ts";
import { type OutputReading, readOutput } from "./read-output.ts";

const encoder = new TextEncoder();

/**
 * Answers an endpoint's call with JSON. A model's answer that does not match the schema is repaired where that
 * is sure, otherwise asked for once more.
 * @throws LatchkeyError LK-3014 when it still does not match, LK-3015 when the provider blames the request, LK-3016 when
 * it was cut.
 */
export async function answerOnce(job: EndpointJob): Promise<Reply> {
  const { call, endpoint } = job;
  const first = complete(job, await askModel(job, job.messages, false));
  let output = await read(job, first);
  if (!output.ok) {
    const again = askAgain(job, first.text, output.issues);
    output = await read(job, complete(job, await askModel(job, again, false)));
  }
  if (!output.ok) throw unusable(output.issues);
  const body = encoder.encode(JSON.stringify(output.value));
  return wholeReply(call, endpoint.model.headers, body);
}

async function read({ endpoint }: EndpointJob, { text, finishReason }: AnswerText): Promise<OutputReading> {
  const output = await readOutput(endpoint, text);
  const error = incomplete(finishReason, output.ok && endpoint.output !== null);
  if (error !== undefined) throw error;
  return output;
}

function complete(job: EndpointJob, { attempt, target }: Answer): AnswerText {
  const response = attempt.reading?.response;
  job.call.meter(response?.usage, target);
  const answer = response === undefined ? undefined : readAnswerText(response);
  if (answer === undefined)
    throw new LatchkeyError("LK-3009", undefined, { internal: "no choices in the answer" });
  if (answer.refusal !== null) throw refused(answer.refusal);
  return answer;
}

import type { ChatRequest } from "../../canonical/chat-request.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Attempt } from "../attempt.ts";
import { withHeaders } from "../exchange/forward-headers.ts";
import { judgeAnswer } from "../exchange/judge-answer.ts";
import type { OutgoingRequest, Question } from "../stages/call-targets.ts";
import type { TargetEntry } from "../target-table.ts";

const encoder = new TextEncoder();

/** An endpoint's request, put to each target in its own words. */
export class EndpointQuestion implements Question {
  readonly stream: boolean;
  readonly #request: ChatRequest;
  readonly #maxBytes: number;

  constructor(request: ChatRequest, maxBytes: number) {
    this.stream = request.stream;
    this.#request = request;
    this.#maxBytes = maxBytes;
  }

  ask({ name, ownWay }: TargetEntry): OutgoingRequest {
    const { body, headers, losses } = ownWay.dialect.egress.renderRequest(this.#request, ownWay.traits);
    const loss = losses.find(({ isHarmless }) => !isHarmless);
    if (loss !== undefined) {
      const what = typeof loss.path === "string" ? loss.path : loss.path.field;
      const message = `A part of the endpoint's request cannot be told to this target: \`${what}\` ${loss.reason} (${name}).`;
      throw new LatchkeyError("LK-2110", message);
    }
    const ownHead = this.stream ? ownWay.streamHead : ownWay.wholeHead;
    return { head: withHeaders(ownHead, headers), body: encoder.encode(JSON.stringify(body)), ownHead };
  }

  holdBytes(): number {
    return this.#maxBytes;
  }

  judge(attempt: Attempt, { ownWay }: TargetEntry): LatchkeyError | undefined {
    return judgeAnswer(attempt, ownWay, { stream: this.stream, asArray: false, read: undefined });
  }
}

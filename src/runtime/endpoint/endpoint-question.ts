import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { AnswerChange } from "../../dialects/emulation/answer-change.ts";
import { changedDialect } from "../../dialects/emulation/changed-dialect.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Attempt } from "../attempt.ts";
import { withHeaders } from "../exchange/forward-headers.ts";
import { judgeAnswer } from "../exchange/judge-answer.ts";
import type { OutgoingRequest, Question } from "../stages/call-targets.ts";
import type { TargetEntry } from "../target-table.ts";
import type { TargetWay } from "../target-way.ts";

const encoder = new TextEncoder();

/** An endpoint's request, put to each target in its own words. */
export class EndpointQuestion implements Question {
  readonly stream: boolean;
  readonly #request: ChatRequest;
  readonly #maxBytes: number;
  /** The target that was asked last, by its own way, and the way on which it is heard. */
  #asked: { readonly ownWay: TargetWay; readonly way: TargetWay } | undefined;
  #attempt: Attempt | undefined;

  constructor(request: ChatRequest, maxBytes: number) {
    this.stream = request.stream;
    this.#request = request;
    this.#maxBytes = maxBytes;
  }

  /** The way on which a target that was asked is to be heard. */
  wayTo({ ownWay }: TargetEntry): TargetWay {
    return this.#asked?.ownWay === ownWay ? this.#asked.way : ownWay;
  }

  ask({ name, ownWay }: TargetEntry): OutgoingRequest {
    const rendered = ownWay.dialect.egress.renderRequest(this.#request, ownWay.traits);
    const { body, headers, losses, change } = rendered;
    const loss = losses.find(({ isHarmless }) => !isHarmless);
    if (loss !== undefined) {
      const what = typeof loss.path === "string" ? loss.path : loss.path.field;
      const message = `A part of the endpoint's request cannot be told to this target: \`${what}\` ${loss.reason} (${name}).`;
      throw new LatchkeyError("LK-2110", message);
    }
    this.#asked = { ownWay, way: change === undefined ? ownWay : this.#changed(ownWay, change) };
    const ownHead = this.stream ? ownWay.streamHead : ownWay.wholeHead;
    return { head: withHeaders(ownHead, headers), body: encoder.encode(JSON.stringify(body)), ownHead };
  }

  holdBytes(): number {
    return this.#maxBytes;
  }

  judge(attempt: Attempt, target: TargetEntry): LatchkeyError | undefined {
    this.#attempt = attempt;
    return judgeAnswer(attempt, this.wayTo(target), { stream: this.stream, asArray: false, read: undefined });
  }

  /** A target whose answers are changed. Whoever is whole early is not waited for. */
  #changed(way: TargetWay, change: AnswerChange): TargetWay {
    return { ...way, dialect: changedDialect(way.dialect, change, () => this.#attempt?.abort()) };
  }
}

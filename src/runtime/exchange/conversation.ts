import type { CallerDialect, MediaKind, RequestPath, ToldAnswer } from "../../dialects/dialect.ts";
import { changedDialect } from "../../dialects/emulation/changed-dialect.ts";
import type { Envelope } from "../../dialects/passthrough.ts";
import type { RequestHeaders } from "../../http/exchange.ts";
import { indexOfText } from "../../kernel/bytes.ts";
import type { LatchkeyError } from "../../kernel/error.ts";
import type { Attempt } from "../attempt.ts";
import type { OutgoingRequest, Question } from "../stages/call-targets.ts";
import type { TargetEntry } from "../target-table.ts";
import type { TargetWay } from "../target-way.ts";
import { forwardHeaders, withHeaders } from "./forward-headers.ts";
import { hasUrls, inlineMedia, type MediaFetcher } from "./inline-media.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { type JudgedLosses, noLosses } from "./judge-losses.ts";
import { type PathAsSent, parseBody, Translation } from "./translation.ts";

/** Answers that pass through are held up to this size until they are whole, so that their cost can stand in a header. */
const HOLD_BYTES = 1024 * 1024;

/** What is to be remembered of an answer. */
export interface ConversationMemory {
  /** Members of the answer's context that only its dialect knows. */
  readonly context: object;
  /** Told once, when the answer is whole. */
  readonly keep: (answer: ToldAnswer & { readonly keeper?: string }) => void;
}

/** A request that only names what it goes on from, for the targets that keep it. */
export interface NamedRequest {
  readonly envelope: Envelope;
  /** Whether a provider keeps all of it. */
  readonly isFor: (provider: string) => boolean;
}

/** What a conversation needs of the gateway around it. */
export interface ConversationOptions {
  /** Answers that are translated are held until they are whole, up to this size. */
  readonly maxBytes: number;
  readonly fetchMedia: MediaFetcher;
  /** The caller's. */
  readonly headers: RequestHeaders;
  readonly memory?: ConversationMemory | undefined;
  /** Absent where nothing is named. */
  readonly asNamed?: NamedRequest | undefined;
  /** Absent where the body is the caller's own. */
  readonly pathAsSent?: PathAsSent | undefined;
}

/** A caller's request for the next message of a conversation, as its model's targets are asked it. */
export class Conversation implements Question {
  readonly dialect: CallerDialect;
  readonly envelope: Envelope;
  readonly path: RequestPath;
  readonly stream: boolean;
  readonly memory: ConversationMemory | undefined;
  /** What the target that was asked last was not told as it was said, as members of the caller's body. */
  lost: JudgedLosses = noLosses;
  readonly #options: ConversationOptions;
  #translation: Translation | undefined;
  #target: TargetEntry | undefined;
  #way: TargetWay | undefined;
  /** What became of the target's way for this request alone: its answer is changed. */
  #changedWay: TargetWay | undefined;
  #attempt: Attempt | undefined;

  constructor(dialect: CallerDialect, envelope: Envelope, path: RequestPath, options: ConversationOptions) {
    this.dialect = dialect;
    this.envelope = envelope;
    this.path = path;
    this.stream = envelope.stream;
    this.memory = options.memory;
    this.#options = options;
  }

  /** The request and its answer in the canonical form; only for targets that do not speak the caller's dialect. */
  get translation(): Translation {
    this.#translation ??= new Translation(
      this.dialect,
      (exact) => ({ ...this.path, body: parseBody(this.envelope.body, exact) }),
      this.#options.pathAsSent,
    );
    return this.#translation;
  }

  /** The way on which a target is asked. */
  wayTo(target: TargetEntry): TargetWay {
    if (this.#target === target && this.#way !== undefined) return this.#changedWay ?? this.#way;
    this.#changedWay = undefined;
    this.#target = target;
    this.#way = this.#chooseWay(target);
    return this.#way;
  }

  ask(target: TargetEntry): OutgoingRequest | Promise<OutgoingRequest> {
    this.#changedWay = undefined;
    const way = this.wayTo(target);
    this.lost = noLosses;
    if (way.isSame) {
      const { passthrough } = this.dialect;
      const made = this.stream ? way.streamHead : way.wholeHead;
      const head =
        passthrough.headers === undefined
          ? made
          : forwardHeaders(made, passthrough.headers, this.#options.headers);
      return { head, body: passthrough.rewrite(this.#envelopeFor(target), way.rewrite), ownHead: made };
    }
    const { request } = this.translation;
    const kinds = way.dialect.egress.inlines?.(way.traits) ?? [];
    if (kinds.length > 0 && hasUrls(request, kinds)) return this.#inlined(target, way, kinds);
    return this.#render(target, way);
  }

  holdBytes(target: TargetEntry): number {
    return this.wayTo(target).isSame ? HOLD_BYTES : this.#options.maxBytes;
  }

  judge(attempt: Attempt, target: TargetEntry): LatchkeyError | undefined {
    const way = this.wayTo(target);
    this.#attempt = attempt;
    const read = way.isSame ? this.dialect.passthrough.readAnswer : undefined;
    const { cannotTell } = this.dialect.ingress;
    return judgeAnswer(attempt, way, {
      stream: this.stream,
      asArray: this.path.asArray === true,
      read,
      ...(cannotTell !== undefined && { cannotTell }),
    });
  }

  async #inlined(target: TargetEntry, way: TargetWay, kinds: readonly MediaKind[]): Promise<OutgoingRequest> {
    const { request } = this.translation;
    const pathOf = (path: string): string => this.translation.pathOf(path);
    this.translation.replace(await inlineMedia(request, kinds, this.#options.fetchMedia, pathOf));
    return this.#render(target, way);
  }

  #render(target: TargetEntry, way: TargetWay): OutgoingRequest {
    const { body, headers, lost, change } = this.translation.render(target.name, way);
    this.lost = lost;
    // Whoever is whole early is not waited for.
    if (change !== undefined)
      this.#changedWay = {
        ...way,
        dialect: changedDialect(way.dialect, change, () => this.#attempt?.abort()),
      };
    const ownHead = this.stream ? way.streamHead : way.wholeHead;
    return { head: withHeaders(ownHead, headers), body, ownHead };
  }

  #envelopeFor({ provider }: TargetEntry): Envelope {
    const { asNamed } = this.#options;
    return asNamed?.isFor(provider) === true ? asNamed.envelope : this.envelope;
  }

  #chooseWay(target: TargetEntry): TargetWay {
    const way = target.ways[this.dialect.name] ?? target.ownWay;
    const { body } = this.#envelopeFor(target);
    for (const text of way.foreignTexts) if (indexOfText(body, text) >= 0) return target.ownWay;
    return way;
  }
}

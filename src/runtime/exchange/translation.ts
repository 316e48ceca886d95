import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { ChatResponse } from "../../canonical/chat-response.ts";
import type {
  AnswerContext,
  ChatDialect,
  ChatIngress,
  IngressRequest,
  ParsedRequest,
  RenderedRequest,
  TargetTraits,
} from "../../dialects/dialect.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, tryParseJson } from "../../kernel/json.ts";
import { judgeLosses } from "./judge-losses.ts";
import type { StreamTranslation } from "./relay-translated.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

/** A translated request, ready to be sent. */
export interface TranslatedRequest {
  readonly body: Uint8Array;
  readonly headers: RenderedRequest["headers"];
  /** What was left out, as paths of the caller's body. */
  readonly dropped: readonly string[];
}

/** Where a request goes, as far as translating it matters. */
export interface TranslationTarget {
  /** `provider/model`, for messages. */
  readonly name: string;
  readonly dialect: ChatDialect;
  readonly traits: TargetTraits;
}

/** One caller's request, understood once and rendered for as many targets as it takes. */
export class Translation {
  readonly #ingress: ChatIngress;
  readonly #input: () => IngressRequest;
  #parsed: ParsedRequest | undefined;

  constructor(ingress: ChatIngress, input: () => IngressRequest) {
    this.#ingress = ingress;
    this.#input = input;
  }

  /** The request in the canonical form. @throws LatchkeyError LK-2102. */
  get request(): ChatRequest {
    return this.#parse().request;
  }

  /**
   * The request in a target's words.
   * @throws LatchkeyError LK-2102 for what is wrong in itself, LK-2110 for what the target cannot be told.
   */
  render(target: TranslationTarget): TranslatedRequest {
    const { request, losses } = this.#parse();
    const rendered = target.dialect.egress.renderRequest(request, target.traits);
    const dropped = judgeLosses([...losses, ...rendered.losses], this.#ingress, target.name);
    return { body: encoder.encode(JSON.stringify(rendered.body)), headers: rendered.headers, dropped };
  }

  /** A target's whole answer; `undefined` where the bytes are none. */
  readAnswer(body: Uint8Array, target: TranslationTarget): ChatResponse | undefined {
    const value = tryParseJson(new TextDecoder().decode(body));
    return isJsonObject(value) ? target.dialect.egress.parseResponse(value, target.traits) : undefined;
  }

  /** A whole answer in the caller's words. */
  renderAnswer(response: ChatResponse, context: AnswerContext): Uint8Array {
    return encoder.encode(JSON.stringify(this.#ingress.renderResponse(response, context)));
  }

  /** The two ends of a stream. */
  stream(target: TranslationTarget, context: AnswerContext, sentHead: string): StreamTranslation {
    return {
      decode: (emit) => target.dialect.egress.decodeStream(target.traits, emit),
      encoder: this.#ingress.encodeStream(context),
      sentHead,
    };
  }

  #parse(): ParsedRequest {
    this.#parsed ??= this.#ingress.parseRequest(this.#input());
    return this.#parsed;
  }
}

/** A request's body as JSON. @throws LatchkeyError LK-2101. */
export function parseBody(body: Uint8Array): IngressRequest["body"] {
  try {
    const value: unknown = JSON.parse(decoder.decode(body));
    if (isJsonObject(value)) return value;
  } catch (cause) {
    throw new LatchkeyError("LK-2101", undefined, { cause });
  }
  throw new LatchkeyError("LK-2101", "The request body has to be a JSON object.");
}

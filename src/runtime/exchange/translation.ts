import type { ChatRequest } from "../../canonical/chat-request.ts";
import type { Loss } from "../../canonical/loss.ts";
import type {
  CallerDialect,
  ChatIngress,
  IngressRequest,
  ParsedRequest,
  RenderedRequest,
} from "../../dialects/dialect.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { type ExactMembers, parseExactJson, parseKeeping } from "../../kernel/json-exact.ts";
import type { TargetWay } from "../target-way.ts";
import { CallerPaths } from "./caller-paths.ts";
import { type JudgedLosses, judgeLosses, type NamedLoss } from "./judge-losses.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const NOTHING: JsonObject = {};

/** A translated request, ready to be sent. */
export interface TranslatedRequest {
  readonly body: Uint8Array;
  readonly headers: RenderedRequest["headers"];
  readonly change: RenderedRequest["change"];
  /** What was left out or told otherwise, as paths of the caller's body. */
  readonly lost: JudgedLosses;
}

/** A path in a body that the gateway has completed, as one in the body that the caller sent. */
export type PathAsSent = (path: string) => string;

/** One caller's request, understood once and rendered for as many targets as it takes. */
export class Translation {
  readonly #caller: CallerDialect;
  readonly #ingress: ChatIngress;
  readonly #read: (exact: ExactMembers | "all") => IngressRequest;
  #input: IngressRequest | undefined;
  #parsed: ParsedRequest | undefined;
  readonly #pathAsSent: PathAsSent;
  #paths: CallerPaths | undefined;

  /**
   * @param read the request, with the numbers in these members as they were written
   * @param pathAsSent for bodies that the gateway has completed
   */
  constructor(
    caller: CallerDialect,
    read: (exact: ExactMembers | "all") => IngressRequest,
    pathAsSent: PathAsSent = (path) => path,
  ) {
    this.#caller = caller;
    this.#ingress = caller.ingress;
    this.#read = read;
    this.#pathAsSent = pathAsSent;
  }

  /** The request in the canonical form. @throws LatchkeyError LK-2101, LK-2102. */
  get request(): ChatRequest {
    return this.#parse().request;
  }

  /** Puts another form of the same request in its place, with everything where it was. */
  replace(request: ChatRequest): void {
    this.#parsed = { request, losses: this.#parse().losses };
  }

  /**
   * The request in a target's words.
   * @param target `provider/model`, for messages
   * @throws LatchkeyError LK-2102 for what is wrong in itself, LK-2110 for what the target cannot be told.
   */
  render(target: string, { dialect, traits }: TargetWay): TranslatedRequest {
    const { request, losses } = this.#parse();
    const rendered = dialect.egress.renderRequest(request, traits);
    const kept = dialect.name === this.#caller.name ? this.#keep(losses) : NOTHING;
    const unkept = losses.filter(({ path }) => typeof path !== "string" || !Object.hasOwn(kept, path));
    const lost = judgeLosses(this.#named(unkept, rendered.losses), target);
    const body = kept === NOTHING ? rendered.body : { ...kept, ...rendered.body };
    const { headers, change } = rendered;
    return { body: encoder.encode(JSON.stringify(body)), headers, change, lost };
  }

  /** Where something of the canonical request stands in what the caller sent. */
  pathOf(path: Loss["path"]): string {
    this.#paths ??= new CallerPaths(this.#ingress, this.#asked());
    return this.#pathAsSent(this.#paths.of(path));
  }

  /**
   * @param read what reading the request lost, by paths of its body
   * @param told what the target cannot be told, by paths of the canonical request
   */
  #named(read: readonly Loss[], told: readonly Loss[]): readonly NamedLoss[] {
    const ofBody = ({ path }: Loss): string =>
      typeof path === "string" ? this.#pathAsSent(path) : this.pathOf(path);
    return [
      ...read.map((loss) => ({ ...loss, path: ofBody(loss) })),
      ...told.map((loss) => ({ ...loss, path: this.pathOf(loss.path) })),
    ];
  }

  /** Members without a word in the canonical form, for a target that speaks the caller's dialect all the same. */
  #keep(losses: readonly Loss[]): JsonObject {
    const { body } = this.#asked();
    const names = losses.flatMap(({ path }) =>
      typeof path === "string" && Object.hasOwn(body, path) ? [path] : [],
    );
    if (names.length === 0) return NOTHING;
    const exact = this.#read("all").body;
    return Object.fromEntries(names.map((name) => [name, exact[name]]));
  }

  #parse(): ParsedRequest {
    if (this.#parsed !== undefined) return this.#parsed;
    try {
      this.#parsed = this.#ingress.parseRequest(this.#asked());
      return this.#parsed;
    } catch (thrown) {
      throw this.#asSent(thrown);
    }
  }

  #asked(): IngressRequest {
    this.#input ??= this.#read(this.#ingress.exactMembers);
    return this.#input;
  }

  #asSent(thrown: unknown): unknown {
    if (!(thrown instanceof LatchkeyError) || thrown.param === undefined) return thrown;
    const param = this.#pathAsSent(thrown.param);
    if (param === thrown.param) return thrown;
    const message = thrown.message.replaceAll(`\`${thrown.param}\``, `\`${param}\``);
    return new LatchkeyError(thrown.code, message, { param, cause: thrown });
  }
}

/**
 * A request's body as JSON.
 * @param exact members in which numbers stay as they are written, or `all`; absent: nowhere
 * @throws LatchkeyError LK-2101.
 */
export function parseBody(body: Uint8Array, exact?: ExactMembers | "all"): IngressRequest["body"] {
  let value: unknown;
  try {
    const text = decoder.decode(body);
    value = exact === "all" ? parseExactJson(text) : parseKeeping(text, exact);
  } catch (cause) {
    throw new LatchkeyError("LK-2101", undefined, { cause });
  }
  if (isJsonObject(value)) return value as IngressRequest["body"];
  throw new LatchkeyError("LK-2101", "The request body has to be a JSON object.");
}

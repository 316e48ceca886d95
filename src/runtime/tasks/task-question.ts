import type { Loss } from "../../canonical/loss.ts";
import type { Usage } from "../../canonical/usage.ts";
import { isMultipart } from "../../dialects/multipart/boundary.ts";
import type { Envelope } from "../../dialects/passthrough.ts";
import { assert } from "../../kernel/assert.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import { headerOf, type UpstreamResponseHead } from "../../upstream/upstream.ts";
import type { Attempt } from "../attempt.ts";
import { withHeaders } from "../exchange/forward-headers.ts";
import type { MediaFetcher } from "../exchange/inline-media.ts";
import { type JudgedLosses, judgeLosses, noLosses } from "../exchange/judge-losses.ts";
import type { RelayedEvent } from "../relay/relay-translated.ts";
import type { OutgoingRequest, Question } from "../stages/call-targets.ts";
import type { TaskTarget } from "../target-table.ts";
import { isTaskFailure, judgeTask, unreadableHead } from "./judge-task.ts";
import type { Metered, TaskApi, TaskAsked, TaskPart, TaskVendor } from "./task-api.ts";

/** Answers that pass through are held up to this size until they are whole, so that their cost can stand in a header. */
const HOLD_BYTES = 1024 * 1024;

const JSON_TYPE = "application/json";

/** Values of `content-type` that a head can hold. */
const PLAIN = /^[\x20-\x7e]{1,512}$/;

/** What a question needs of the gateway around it. */
export interface TaskOptions {
  /** Answers that are translated are held until they are whole, up to this size. */
  readonly maxBytes: number;
  readonly fetchMedia: MediaFetcher;
}

/** A caller's request through one of the further APIs, as its model's targets are asked it. */
export class TaskQuestion<
  Q,
  A extends Metered,
  Event extends RelayedEvent,
  F extends string,
  E extends Envelope,
> implements Question<TaskTarget>
{
  readonly api: TaskApi<Q, A, Event, F, E>;
  readonly input: TaskAsked;
  readonly envelope: E;
  stream = false;
  /** What the target that was asked last was not told as it was said, as members of the caller's body. */
  lost: JudgedLosses = noLosses;
  /** The answer of the target that was asked last, where it was translated whole. */
  response: A | undefined;
  /** The request whose answer is to be judged: a part of the caller's, where that was asked in parts and one failed. */
  judged: Q | undefined;
  readonly #options: TaskOptions;
  /** The parts in which the target that was asked last was asked, where there are several, and their answers. */
  #parts: readonly TaskPart<Q>[] = [];
  #answers: (A | undefined)[] = [];
  #parsed: { readonly request: Q; readonly losses: readonly Loss<F>[] } | undefined;

  constructor(api: TaskApi<Q, A, Event, F, E>, input: TaskAsked, envelope: E, options: TaskOptions) {
    this.api = api;
    this.input = input;
    this.envelope = envelope;
    this.#options = options;
  }

  /** The request in the canonical form. @throws LatchkeyError for what is wrong with it. */
  get request(): Q {
    return this.#parse().request;
  }

  /** Whether the caller's bytes go to a target as they are. */
  passesTo({ way }: TaskTarget): boolean {
    const { shape, canPass } = this.api.passing;
    return way.isPlain && way.shape === shape && canPass(this.envelope);
  }

  /** Who speaks to a target. */
  vendorOf({ way }: TaskTarget): TaskVendor<Q, A, Event, F> {
    const vendor = this.api.egress[way.shape];
    if (vendor === undefined) throw new LatchkeyError("LK-2113");
    return vendor;
  }

  ask(target: TaskTarget): OutgoingRequest | Promise<OutgoingRequest> {
    this.lost = noLosses;
    this.response = undefined;
    this.judged = undefined;
    this.#parts = [];
    this.#answers = [];
    if (this.passesTo(target)) return this.#pass(target);
    const inlined =
      this.vendorOf(target).needsInlineMedia === true
        ? this.api.inline?.(this.request, this.#options.fetchMedia)
        : undefined;
    return inlined === undefined ? this.#render(target) : this.#renderInlined(target, inlined);
  }

  takePart(index: number, head: UpstreamResponseHead, body: Uint8Array, target: TaskTarget): boolean {
    const part = this.#parts[index];
    if (part === undefined) return false;
    const vendor = this.vendorOf(target);
    const contentType = headerOf(head, "content-type") ?? "";
    const read =
      unreadableHead(head) === undefined
        ? vendor.parseResponse({ body, contentType }, part.request, target.way.traits, (name) =>
            headerOf(head, name),
          )
        : undefined;
    if (read === undefined || isTaskFailure(read)) {
      this.judged = part.request;
      return false;
    }
    this.#answers[index] = read;
    const answers = this.#answers.filter((answer) => answer !== undefined);
    if (answers.length === this.#parts.length) this.response = vendor.parts?.join(answers);
    return true;
  }

  usageOfParts(): readonly (Usage | undefined)[] {
    return this.#answers.flatMap((answer) => (answer === undefined ? [] : [answer.usage]));
  }

  holdBytes(target: TaskTarget): number {
    const passes = this.passesTo(target) && !this.api.passing.holdsWhole;
    return passes ? HOLD_BYTES : this.#options.maxBytes;
  }

  judge(attempt: Attempt, target: TaskTarget): LatchkeyError | undefined {
    return judgeTask(attempt, target, this);
  }

  #pass({ way }: TaskTarget): OutgoingRequest {
    const { passing } = this.api;
    this.stream = this.envelope.stream || passing.answers === "sound";
    const { contentType } = this.input;
    const type = isMultipart(contentType) ? contentType : JSON_TYPE;
    const path = passing.path?.(way.path) ?? way.path;
    return outgoing(way.head(path), type, passing.rewrite(this.envelope, way.rewrite));
  }

  async #renderInlined(target: TaskTarget, inlined: Promise<Q>): Promise<OutgoingRequest> {
    const { losses } = this.#parse();
    this.#parsed = { request: await inlined, losses };
    return this.#render(target);
  }

  #render(target: TaskTarget): OutgoingRequest {
    const { request, losses } = this.#parse();
    const { way } = target;
    const { parts, renderRequest } = this.vendorOf(target);
    const split = parts?.split(request, way.traits) ?? [{ request, offset: 0 }];
    const rendered = split.map((part) => ({ ...part, ...renderRequest(part.request, way.traits) }));
    const lost = [
      ...losses.map((loss) => ({ ...loss, path: this.#pathOf(loss) })),
      ...rendered.flatMap((part) =>
        part.losses.map((loss) => ({ ...loss, path: this.#pathOf(loss, part.offset) })),
      ),
    ];
    this.lost = judgeLosses(lost, target.name);
    this.stream = rendered.length === 1 && rendered[0]?.streams === true;
    const [first, ...more] = rendered.map(({ path, contentType, body, headers }) =>
      outgoing(way.head(path), contentType, body, headers),
    );
    assert(first !== undefined, "a request has a part");
    if (more.length === 0) return first;
    this.#parts = split;
    return { ...first, more };
  }

  #pathOf({ path }: Loss<F>, offset = 0): string {
    if (typeof path === "string") return path;
    const index = path.index === undefined ? undefined : path.index + offset;
    return this.api.ingress.fieldName(path.field, index);
  }

  #parse(): { readonly request: Q; readonly losses: readonly Loss<F>[] } {
    this.#parsed ??= this.api.ingress.parseRequest(this.input);
    return this.#parsed;
  }
}

function outgoing(
  ownHead: string,
  contentType: string,
  body: Uint8Array,
  headers: readonly (readonly [name: string, value: string])[] = [],
): OutgoingRequest {
  if (!PLAIN.test(contentType))
    throw new LatchkeyError("LK-2108", "`content-type` is malformed.", { param: "content-type" });
  const own: typeof headers =
    contentType === JSON_TYPE ? headers : [["content-type", contentType], ...headers];
  return { head: withHeaders(ownHead, own), body, ownHead };
}

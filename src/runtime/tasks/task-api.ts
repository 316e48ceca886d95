import type { Loss } from "../../canonical/loss.ts";
import type { Usage } from "../../canonical/usage.ts";
import type { HeaderReader, StreamDecoder } from "../../dialects/dialect.ts";
import type { Envelope, PassedAnswer, Rewrite, StreamTap } from "../../dialects/passthrough.ts";
import type {
  RenderedTask,
  TaskBody,
  TaskEgress,
  TaskFailure,
  TaskIngress,
  TaskInput,
  TaskTraits,
} from "../../dialects/task/task-dialect.ts";
import type { MediaFetcher } from "../exchange/inline-media.ts";
import type { RelayedEvent } from "../relay/relay-translated.ts";
import type { TaskApiName } from "./provider-api.ts";

/** What came from a caller. */
export interface TaskAsked extends TaskInput {
  /** The model's name, for the APIs that keep it in the path. */
  readonly model?: string;
}

/** An answer that can be metered. */
export interface Metered {
  readonly usage?: Usage | undefined;
}

/** An API beside conversations, as one kind of caller speaks it. One object for all calls. */
export interface TaskApi<
  Q,
  A extends Metered,
  Event extends RelayedEvent,
  F extends string,
  E extends Envelope,
> {
  /** The API of providers that answers it. */
  readonly name: TaskApiName;
  readonly ingress: TaskCaller<Q, A, Event, F>;
  readonly passing: TaskPassing<E>;
  /** By the shapes of providers. */
  readonly egress: Readonly<Record<string, TaskVendor<Q, A, Event, F>>>;
  /** What a step of a stream tells of usage. */
  readonly usageOf: (event: Event) => Usage | undefined;
  /** The request with the files in it that it names by URLs; `undefined` where it names none. */
  readonly inline?: (request: Q, fetchMedia: MediaFetcher) => Promise<Q> | undefined;
}

/** Speaks to callers; see `TaskIngress`. */
export interface TaskCaller<Q, A, Event, F extends string>
  extends Pick<TaskIngress<Q, A, Event, F>, "renderResponse" | "encodeStream" | "eventsOf"> {
  /** @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104 or LK-2108, with `param` as the caller wrote it. */
  readonly parseRequest: (input: TaskAsked) => { readonly request: Q; readonly losses: readonly Loss<F>[] };
  readonly fieldName: (field: F, index?: number) => string;
}

/** A part of a request. */
export interface TaskPart<Q> {
  readonly request: Q;
  /** What is to be added to the places in it of what its losses name, to have those in the whole. */
  readonly offset: number;
}

/** How more is had of a vendor than it takes in one request. */
export interface TaskParts<Q, A> {
  /** The request in parts, in their order; a single one where it goes as it is. */
  readonly split: (request: Q, traits: TaskTraits) => readonly TaskPart<Q>[];
  /** The answers to all of them, in the same order, as one. */
  readonly join: (answers: readonly A[]) => A;
}

/** Speaks to vendors; see `TaskEgress`. */
export interface TaskVendor<Q, A, Event, F extends string>
  extends Pick<TaskEgress<Q, A, Event, F>, "needsInlineMedia" | "parseError" | "isOwnError"> {
  readonly renderRequest: (request: Q, traits: TaskTraits) => RenderedTask<F>;
  readonly parseResponse: (
    answer: TaskBody,
    request: Q,
    traits: TaskTraits,
    header: HeaderReader,
  ) => A | TaskFailure | undefined;
  readonly decodeStream?: (request: Q, traits: TaskTraits, emit: (event: Event) => void) => StreamDecoder;
  /** For vendors that take only so much in one request; absent: they take all of it. */
  readonly parts?: TaskParts<Q, A>;
}

/**
 * What whole answers are: JSON is checked before any of it goes out, texts may be anything readable, and sound goes out
 * as it comes.
 */
export type AnswerKind = "json" | "text" | "sound";

/** Passes requests and answers on as they are, but for the model's name. */
export interface TaskPassing<E extends Envelope> {
  /** Of targets that take the caller's bytes; absent: none does. */
  readonly shape?: string;
  readonly answers: AnswerKind;
  /** Whether answers have to be whole before they go out, since they may have to be changed. */
  readonly holdsWhole: boolean;
  /** @throws LatchkeyError LK-2101, LK-2102, LK-2103, LK-2104 or LK-2108. */
  readonly readEnvelope: (input: TaskAsked) => E;
  /** Whether this request can go to a target of the same shape unread. */
  readonly canPass: (envelope: E) => boolean;
  /** Where requests go that are passed on, by the path of the target's way; absent: there. */
  readonly path?: (path: string) => string;
  readonly rewrite: (envelope: E, rewrite: Rewrite) => Uint8Array;
  readonly readAnswer: (answer: TaskBody, envelope: E) => PassedAnswer;
  readonly readTail: (tail: Uint8Array, envelope: E) => Usage | undefined;
  readonly createTap: (envelope: E) => StreamTap;
  /** The answer as the caller has asked for it; `undefined` where it may go as it is. */
  readonly adaptAnswer: (body: Uint8Array, envelope: E) => Uint8Array | undefined;
}

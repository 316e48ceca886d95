import type { KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import type { BatchListener, EventBatch, EventSource } from "./event-log.ts";
import type { ResponsesState } from "./state.ts";

/** A way to all other threads of this process. */
export interface PeerChannel {
  /** Reaches every other thread. Messages are data as `structuredClone` takes it. */
  readonly tell: (message: unknown) => void;
  readonly listen: (hear: (message: unknown) => void) => void;
  readonly close: () => void;
}

/** What one thread asks the others. */
interface PeerQuestion {
  /** A turn, who keeps what an id names, whether its events behind one are kept, or what comes behind that. */
  readonly type: "want" | "know" | "seek" | "follow";
  readonly key: string;
  readonly id: string;
  /** Number of an event. */
  readonly after?: number;
}

/** What one of them answers; `held` that the answer will come. */
type PeerAnswer =
  | { readonly type: "have"; readonly turn: KeptTurn }
  | { readonly type: "known"; readonly keeper: string }
  | { readonly type: "found"; readonly isKept: boolean }
  | { readonly type: "held" }
  | { readonly type: "events"; readonly batch: EventBatch | undefined };

type PeerMessage =
  | ((PeerQuestion | PeerAnswer) & { readonly question: string })
  | { readonly type: "cancel" | "forget"; readonly key: string; readonly id: string };

interface Waiting {
  readonly settle: (answer: PeerAnswer | undefined) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Milliseconds after which nobody is expected to have something any more. */
const PATIENCE_MS = 250;

/**
 * Turns that other threads keep: a caller's next request may come to another thread than the one before. Whatever a
 * caller was told of, some thread has kept before the answer left.
 */
export class ResponsesPeers {
  readonly #state: ResponsesState;
  readonly #channel: PeerChannel;
  readonly #waiting = new Map<string, Waiting>();

  constructor(state: ResponsesState, channel: PeerChannel) {
    this.#state = state;
    this.#channel = channel;
    channel.listen((message) => this.#hear(message as PeerMessage));
  }

  /** The turn whose answer, or an item of whose answer, has an id; kept here as well once it is whole. */
  async find(key: string, id: string): Promise<KeptTurn | undefined> {
    const answer = await new Promise<PeerAnswer | undefined>((resolve) =>
      this.#ask({ type: "want", key, id }, resolve),
    );
    const turn = answer?.type === "have" ? answer.turn : undefined;
    if (turn !== undefined && turn.isUnderWay !== true) this.#state.keep(key, turn);
    return turn;
  }

  /** Who keeps what an id names that a key was told of by another thread; remembered here as well. */
  async keeperOf(key: string, id: string): Promise<string | undefined> {
    const answer = await new Promise<PeerAnswer | undefined>((resolve) =>
      this.#ask({ type: "know", key, id }, resolve),
    );
    if (answer?.type !== "known") return undefined;
    this.#state.handed.note(key, [id], answer.keeper);
    return answer.keeper;
  }

  /** The events of an answer that another thread keeps, where all that come behind one are kept. */
  async findEvents(key: string, id: string, after: number): Promise<EventSource | undefined> {
    const answer = await new Promise<PeerAnswer | undefined>((resolve) =>
      this.#ask({ type: "seek", key, id, after }, resolve),
    );
    if (answer?.type !== "found" || !answer.isKept) return undefined;
    return { next: (behind, listener) => this.#follow(key, id, behind, listener) };
  }

  /** Ends an answer that another thread makes in the background. */
  cancel(key: string, id: string): void {
    this.#channel.tell({ type: "cancel", key, id } satisfies PeerMessage);
  }

  /** Has all other threads forget the turn of an answer, and end it where it is under way. */
  forget(key: string, id: string): void {
    this.#channel.tell({ type: "forget", key, id } satisfies PeerMessage);
  }

  close(): void {
    this.#channel.close();
    for (const question of this.#waiting.keys()) this.#settle(question, undefined);
  }

  #follow(key: string, id: string, after: number, listener: BatchListener): void {
    this.#ask({ type: "follow", key, id, after }, (answer) =>
      listener(answer?.type === "events" ? answer.batch : undefined),
    );
  }

  #ask(asked: PeerQuestion, settle: Waiting["settle"]): void {
    const question = crypto.randomUUID();
    const timer = setTimeout(() => this.#settle(question, undefined), PATIENCE_MS);
    this.#waiting.set(question, { settle, timer });
    this.#channel.tell({ ...asked, question } satisfies PeerMessage);
  }

  #settle(question: string, answer: PeerAnswer | undefined): void {
    const waiting = this.#waiting.get(question);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    if (answer?.type === "held") return;
    this.#waiting.delete(question);
    waiting.settle(answer);
  }

  #hear(message: PeerMessage): void {
    switch (message.type) {
      case "want":
      case "know":
      case "seek":
      case "follow":
        return this.#answer(message, (answer) =>
          this.#channel.tell({ ...answer, question: message.question } satisfies PeerMessage),
        );
      case "cancel":
        return this.#state.jobs.cancel(message.key, message.id);
      case "forget":
        this.#state.jobs.cancel(message.key, message.id);
        return this.#state.forget(message.key, message.id);
      default:
        this.#settle(message.question, message);
    }
  }

  /** Answers what this thread has; whoever has nothing says nothing. */
  #answer({ type, key, id, after = -1 }: PeerQuestion, tell: (answer: PeerAnswer) => void): void {
    if (type === "want") {
      const turn = this.#state.find(key, id);
      if (turn !== undefined) tell({ type: "have", turn });
      return;
    }
    if (type === "know") {
      const keeper = this.#state.handed.keeperOf(key, id);
      if (keeper !== undefined) tell({ type: "known", keeper });
      return;
    }
    const log = this.#state.events(key, id);
    if (log === undefined) return;
    if (type === "seek") return tell({ type: "found", isKept: log.has(after) });
    let isTold = false;
    log.next(after, (batch) => {
      isTold = true;
      tell({ type: "events", batch });
    });
    if (!isTold) tell({ type: "held" });
  }
}

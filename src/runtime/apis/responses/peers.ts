import type { KeptTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import type { ResponsesState } from "./state.ts";

/** A way to all other threads of this process. */
export interface PeerChannel {
  /** Reaches every other thread. Messages are data as `structuredClone` takes it. */
  readonly tell: (message: unknown) => void;
  readonly listen: (hear: (message: unknown) => void) => void;
  readonly close: () => void;
}

/** What one thread asks the others, and what one of them answers. */
type PeerMessage =
  | { readonly type: "want"; readonly question: string; readonly key: string; readonly id: string }
  | { readonly type: "have"; readonly question: string; readonly turn: KeptTurn }
  | { readonly type: "cancel" | "forget"; readonly key: string; readonly id: string };

/** Milliseconds after which nobody is expected to have a turn any more. */
const PATIENCE_MS = 250;

/**
 * Turns that other threads keep: a caller's next request may come to another thread than the one before. Asked only
 * for names that the gateway has given itself, which some thread has kept before the answer left.
 */
export class ResponsesPeers {
  readonly #state: ResponsesState;
  readonly #channel: PeerChannel;
  readonly #waiting = new Map<string, (turn: KeptTurn | undefined) => void>();

  constructor(state: ResponsesState, channel: PeerChannel) {
    this.#state = state;
    this.#channel = channel;
    channel.listen((message) => this.#hear(message as PeerMessage));
  }

  /** The turn whose answer, or an item of whose answer, has an id; kept here as well once it is whole. */
  async find(key: string, id: string): Promise<KeptTurn | undefined> {
    const turn = await this.#ask(key, id);
    if (turn !== undefined && turn.isUnderWay !== true) this.#state.keep(key, turn);
    return turn;
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
    for (const settle of this.#waiting.values()) settle(undefined);
    this.#waiting.clear();
  }

  #ask(key: string, id: string): Promise<KeptTurn | undefined> {
    const question = crypto.randomUUID();
    return new Promise((resolve) => {
      const settle = (turn: KeptTurn | undefined): void => {
        clearTimeout(timer);
        this.#waiting.delete(question);
        resolve(turn);
      };
      const timer = setTimeout(() => settle(undefined), PATIENCE_MS);
      this.#waiting.set(question, settle);
      this.#channel.tell({ type: "want", question, key, id } satisfies PeerMessage);
    });
  }

  #hear(message: PeerMessage): void {
    if (message.type === "have") return this.#waiting.get(message.question)?.(message.turn);
    if (message.type !== "want") {
      this.#state.jobs.cancel(message.key, message.id);
      if (message.type === "forget") this.#state.forget(message.key, message.id);
      return;
    }
    const turn = this.#state.find(message.key, message.id);
    if (turn !== undefined)
      this.#channel.tell({ type: "have", question: message.question, turn } satisfies PeerMessage);
  }
}

import {
  type BackgroundAnswer,
  responseError,
  unfinishedResponse,
} from "../../../dialects/openai-responses/background.ts";
import { BackgroundEvents } from "../../../dialects/openai-responses/background-events.ts";
import { type KeptTurn, keepTurn } from "../../../dialects/openai-responses/conversation-state.ts";
import { LatchkeyError } from "../../../kernel/error.ts";
import type { JsonObject } from "../../../kernel/json.ts";
import type { EventLog } from "./event-log.ts";
import type { ResponsesMemory } from "./memory.ts";

const encoder = new TextEncoder();

/** What is known of an answer while it is made, where others can ask for it. */
export class KeptAnswer {
  /** Absent where it is not streamed. */
  readonly events: BackgroundEvents | undefined;
  readonly #memory: ResponsesMemory;
  readonly #owner: string;
  readonly #answer: BackgroundAnswer;
  readonly #log: EventLog | undefined;

  constructor(memory: ResponsesMemory, owner: string, answer: BackgroundAnswer, log: EventLog | undefined) {
    this.#memory = memory;
    this.#owner = owner;
    this.#answer = answer;
    this.#log = log;
    if (log === undefined) return;
    this.events = new BackgroundEvents(answer, (event) =>
      memory.state.addEvent(owner, answer.id, encoder.encode(event)),
    );
  }

  /** @throws LatchkeyError LK-2118 where too many are under way, LK-2104 where there is no room for the request. */
  begin(cancel: () => void): void {
    this.#memory.state.jobs.begin(this.#owner, this.#answer.id, cancel);
    if (!this.#keep(unfinishedResponse(this.#answer, "in_progress"), true)) {
      this.leaveJobs();
      throw new LatchkeyError("LK-2104", "The request is larger than this gateway keeps for a key.");
    }
    this.events?.begin();
  }

  /** It is made no more, so that nobody can cancel it. */
  leaveJobs(): void {
    this.#memory.state.jobs.end(this.#answer.id);
  }

  /** Keeps how it has ended, and tells it. */
  end(response: JsonObject): void {
    let told = response;
    if (!this.#keep(response, false)) {
      const error = responseError(500, "The answer is larger than this gateway keeps for a key.");
      told = unfinishedResponse(this.#answer, "failed", error);
      this.#keep(told, false);
    }
    this.events?.end(told);
    this.#log?.end();
  }

  /** Answers whether there is room for it. */
  #keep(response: JsonObject, isUnderWay: boolean): boolean {
    const { id, request } = this.#answer;
    const output = JSON.stringify(response["output"] ?? []);
    const turn = keepTurn(request, { id, output, response: JSON.stringify(response) });
    if (turn === undefined) return false;
    const marked: KeptTurn = {
      ...turn,
      ...(isUnderWay && { isUnderWay }),
      ...(this.#log !== undefined && { isStreamed: true }),
    };
    return this.#memory.state.keep(this.#owner, marked, this.#log);
  }
}

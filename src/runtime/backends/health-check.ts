import type { ArtifactHealth } from "../../artifact/artifact.ts";
import type { Upstream, UpstreamHandle } from "../../upstream/upstream.ts";

/** What is asked to learn whether a server is well. */
export interface HealthTarget {
  readonly upstream: Upstream;
  /** See `UpstreamCall.head`. */
  readonly head: string;
}

const NO_BODY = new Uint8Array();

/** Asks a server again and again whether it is well. It counts as well until it has failed often enough. */
export class HealthCheck {
  isUp = true;
  readonly #settings: ArtifactHealth;
  readonly #target: HealthTarget;
  /** Outcomes in a row that speak against what it counts as. */
  #against = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #handle: UpstreamHandle | undefined;
  #isRunning = false;

  constructor(settings: ArtifactHealth, target: HealthTarget) {
    this.#settings = settings;
    this.#target = target;
  }

  /** Begins to ask, unless it does already. */
  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#ask();
  }

  stop(): void {
    this.#isRunning = false;
    clearTimeout(this.#timer);
    this.#handle?.abort();
  }

  #ask(): void {
    const { timeoutMs, status } = this.#settings;
    const [from, to] = status;
    let isOver = false;
    const note = (isGood: boolean): void => {
      if (isOver || !this.#isRunning) return;
      isOver = true;
      this.#note(isGood);
    };
    this.#handle = this.#target.upstream.send({
      head: this.#target.head,
      body: NO_BODY,
      timeouts: { connectMs: timeoutMs, firstByteMs: timeoutMs, idleMs: timeoutMs, totalMs: timeoutMs },
      receiver: {
        onHead: (head) => {
          note(head.status >= from && head.status <= to);
          // What the body says is nobody's concern, and it could be without end.
          this.#handle?.abort();
        },
        onData() {},
        onEnd() {},
        onError: () => note(false),
      },
    });
  }

  #note(isGood: boolean): void {
    const { healthyAfter, unhealthyAfter, intervalMs } = this.#settings;
    this.#against = isGood === this.isUp ? 0 : this.#against + 1;
    if (this.#against >= (this.isUp ? unhealthyAfter : healthyAfter)) {
      this.isUp = isGood;
      this.#against = 0;
    }
    this.#timer = setTimeout(() => this.#ask(), intervalMs);
    this.#timer.unref();
  }
}

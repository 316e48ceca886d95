import { LatchkeyError } from "../../kernel/error.ts";
import type { Upstream, UpstreamCall, UpstreamHandle } from "../../upstream/upstream.ts";
import { type AnswerDependencies, answerCall } from "./answer-call.ts";
import { Delivery } from "./delivery.ts";
import { type StartTimer, systemTimer } from "./timer.ts";

/** What the demo provider is given. */
export interface DemoUpstreamOptions extends AnswerDependencies {
  /** Default: the machine's own timers. */
  readonly startTimer?: StartTimer;
}

/**
 * The built-in provider: an upstream in this process that answers OpenAI's Chat Completions and embeddings without
 * an account and without a network. Its answers depend on the request alone, `created` also on the clock. It keeps the
 * time limits of a call as a pool of connections does, but for `connectMs`: there is nothing to connect to.
 * The tokenizer stays its owner's: `close` does not close it.
 */
export function createDemoUpstream(options: DemoUpstreamOptions): Upstream {
  const startTimer = options.startTimer ?? systemTimer;
  let closed = false;
  return {
    send(call: UpstreamCall): UpstreamHandle {
      const { receiver, timeouts } = call;
      const delivery = new Delivery({ receiver, timeouts, startTimer });
      const refused = closed;
      startTimer(0, () => {
        if (delivery.done) return;
        if (refused) delivery.fail(new LatchkeyError("LK-5002"));
        else void answerCall(call, options).then((answer) => delivery.start(answer));
      });
      return delivery;
    },
    close() {
      closed = true;
    },
  };
}

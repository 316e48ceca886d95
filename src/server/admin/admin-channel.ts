import { errorReply } from "../../admin/engine/error-reply.ts";
import type { IdentityReply } from "../../admin/identity/identity-http.ts";
import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import { createRequestIds } from "../../kernel/id.ts";
import type { Networks } from "../../kernel/networks.ts";
import type { AdminAnswer, AdminQuestion } from "./admin-messages.ts";
import { toReply } from "./admin-reply.ts";
import { toAdminRequest } from "./admin-request.ts";

/** Bounds of a channel. */
export interface AdminChannelOptions {
  /** Milliseconds within which the main thread has to answer. Default: 30 s. */
  readonly timeoutMs?: number;
  /** Requests under way at most, those whose body is still coming included. Default: 64. */
  readonly maxUnderWay?: number;
  readonly clock?: Clock;
}

/** A serving thread's way to the administration in the main thread. */
export class AdminChannel {
  readonly #port: MessagePort;
  readonly #timeoutMs: number;
  readonly #maxUnderWay: number;
  readonly #clock: Clock;
  readonly #requestIds = createRequestIds();
  /** Those who wait, by the number of their question. */
  readonly #waiting = new Map<number, (reply: IdentityReply) => void>();
  #underWay = 0;
  #count = 0;
  #isClosed = false;

  /** @param port its other end is served by `serveAdmin` */
  constructor(
    port: MessagePort,
    { timeoutMs = 30_000, maxUnderWay = 64, clock = systemClock }: AdminChannelOptions = {},
  ) {
    this.#port = port;
    this.#timeoutMs = timeoutMs;
    this.#maxUnderWay = maxUnderWay;
    this.#clock = clock;
    port.onmessage = ({ data }: { readonly data: AdminAnswer }) => this.#waiting.get(data.id)?.(data.reply);
    port.addEventListener("close", () => this.#end());
  }

  /**
   * Asks the administration. Never rejects: what goes wrong on the way is the reply (LK-5002, LK-5005, LK-5006, and what
   * reading the body can end with). Where the caller leaves, the reply is LK-2301, for nobody; a write goes on.
   */
  async ask(request: IncomingRequest, trustedProxies: Networks): Promise<Reply> {
    if (this.#underWay >= this.#maxUnderWay) {
      return toReply(this.#refusal(new LatchkeyError("LK-5006", undefined, { retryAfterS: 1 })));
    }
    this.#underWay++;
    try {
      const plain = await toAdminRequest(request, trustedProxies);
      return toReply(await this.#exchange(request, plain));
    } catch (thrown) {
      return toReply(this.#refusal(toLatchkeyError(thrown)));
    } finally {
      this.#underWay--;
    }
  }

  /** Ends what is under way; nothing can be asked any more. */
  close(): void {
    this.#port.close();
    this.#end();
  }

  #exchange(incoming: IncomingRequest, request: AdminQuestion["request"]): Promise<IdentityReply> {
    if (this.#isClosed) throw gone();
    if (incoming.hasLeft) throw new LatchkeyError("LK-2301");
    const id = ++this.#count;
    const { promise, resolve } = Promise.withResolvers<IdentityReply>();
    const timer = setTimeout(() => settle(this.#refusal(new LatchkeyError("LK-5005"))), this.#timeoutMs);
    const settle = (reply: IdentityReply): void => {
      clearTimeout(timer);
      this.#waiting.delete(id);
      incoming.onLeave = undefined;
      resolve(reply);
    };
    this.#waiting.set(id, settle);
    incoming.onLeave = () => settle(this.#refusal(new LatchkeyError("LK-2301")));
    this.#port.postMessage({ id, request } satisfies AdminQuestion);
    return promise;
  }

  #refusal(error: LatchkeyError): IdentityReply {
    return errorReply(error, this.#requestIds.next(this.#clock.now()));
  }

  #end(): void {
    this.#isClosed = true;
    for (const settle of [...this.#waiting.values()]) settle(this.#refusal(gone()));
  }
}

function gone(): LatchkeyError {
  return new LatchkeyError("LK-5002", "The administration has ended.");
}

import { readArtifact } from "../../artifact/read.ts";
import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import type { Gateway, PreparedTables } from "../../runtime/gateway.ts";
import { type Listener, listen } from "../../server/listen.ts";
import { type OpenThread, openThread } from "../wire.ts";
import type { FromThread, PrepareArtifact, ThreadStart, ToThread } from "./protocol.ts";

declare const self: Worker;

/** One serving thread: its gateway, its listener, and the tables that wait to be put in force. */
class ServingThread {
  #open: OpenThread | undefined;
  #start: ThreadStart | undefined;
  #listener: Listener | undefined;
  #prepared: PreparedTables | undefined;

  async handle(message: ToThread): Promise<void> {
    switch (message.type) {
      case "start":
        this.#start = message;
        this.#open = openThread(message);
        return post({ type: "started" });
      case "prepare":
        return this.#prepare(message);
      case "commit":
        return this.#commit(message.hash);
      case "discard":
        this.#prepared?.tables.release();
        this.#prepared = undefined;
        return;
      case "drain":
        return this.#drain(message.withinMs);
    }
  }

  async #prepare({ directory, hash, issuedKeys }: PrepareArtifact): Promise<void> {
    try {
      this.#prepared = await this.#gateway.prepare(readArtifact(directory, hash), issuedKeys);
      post({ type: "prepared", hash, skipped: this.#prepared.skipped });
    } catch (thrown) {
      const { code, message, internal } = toLatchkeyError(thrown);
      post({
        type: "failed",
        hash,
        code,
        message: internal === undefined ? message : `${message} ${internal}`,
      });
    }
  }

  #commit(hash: string): void {
    const prepared = this.#prepared;
    if (prepared === undefined || this.#start === undefined)
      throw new LatchkeyError("LK-5001", "Nothing to commit.");
    this.#prepared = undefined;
    this.#gateway.commit(prepared);
    try {
      this.#listener ??= listen(this.#gateway, this.#start);
      post({ type: "committed", hash });
    } catch (thrown) {
      post({
        type: "not-listening",
        message: thrown instanceof Error ? thrown.message : String(thrown),
      });
    }
  }

  async #drain(withinMs: number): Promise<void> {
    const abandoned = (await this.#listener?.drain(withinMs)) ?? 0;
    this.#gateway.close();
    await this.#open?.close();
    post({ type: "drained", abandoned });
  }

  get #gateway(): Gateway {
    if (this.#open === undefined) throw new LatchkeyError("LK-5001", "The thread was not started.");
    return this.#open.gateway;
  }
}

function post(message: FromThread): void {
  self.postMessage(message);
}

const thread = new ServingThread();
// One at a time, in the order in which they came.
let queue = Promise.resolve();
self.onmessage = (event: MessageEvent<ToThread>) => {
  queue = queue.then(() => thread.handle(event.data));
};

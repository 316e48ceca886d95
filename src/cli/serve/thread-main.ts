import { Console } from "node:console";
import { readArtifact } from "../../artifact/read.ts";
import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import { LatchkeyError, toLatchkeyError } from "../../kernel/error.ts";
import type { OverlayRows } from "../../overlay/rows.ts";
import type { Gateway, PreparedTables } from "../../runtime/gateway.ts";
import { type Listener, listen } from "../../server/listen.ts";
import { type OpenThread, openThread } from "../wire.ts";
import type { FromThread, PrepareArtifact, ThreadStart, ToThread } from "./protocol.ts";

declare const self: Worker;

/** Milliseconds that calls under way may take after an error that nobody caught. */
const CRASH_DRAIN_MS = 2_000;

/** One serving thread: its gateway, its listener, and the tables that wait to be put in force. */
class ServingThread {
  #open: OpenThread | undefined;
  #start: ThreadStart | undefined;
  #listener: Listener | undefined;
  #prepared: PreparedTables | undefined;
  /** Of the decisions that belong to the prepared tables. */
  #partsToCome = 0;
  #hasCrashed = false;

  async handle(message: ToThread): Promise<void> {
    switch (message.type) {
      case "start":
        this.#start = message;
        this.#open = openThread(message);
        return post({ type: "started" });
      case "prepare":
        return this.#prepare(message);
      case "rows":
        return this.#fill(message.rows);
      case "change":
        this.#gateway.decide(message.rows);
        return post({ type: "changed" });
      case "report-uses":
        return post({ type: "uses", uses: this.#gateway.tables().keys.takeUses(message.most) });
      case "commit":
        return this.#commit(message.hash);
      case "discard":
        this.#prepared?.tables.release();
        this.#prepared = undefined;
        return;
      case "drain":
        return this.#drain(message.withinMs);
      case "ping":
        return;
    }
  }

  /**
   * Hands over what would be lost with the thread: calls under way may end, rows are written. Another thread is
   * started in its place.
   */
  async crash(thrown: unknown): Promise<void> {
    if (this.#hasCrashed) return;
    this.#hasCrashed = true;
    const isError = thrown instanceof Error;
    const reason = isError ? `${thrown.name}: ${thrown.message}` : String(thrown);
    post({ type: "crashed", reason, stack: (isError ? thrown.stack : undefined) ?? null });
    await this.#drain(CRASH_DRAIN_MS);
  }

  async #prepare({ directory, hash, parts }: PrepareArtifact): Promise<void> {
    try {
      this.#prepared = await this.#gateway.prepare(readArtifact(directory, hash));
      this.#partsToCome = parts;
      this.#tellPrepared();
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

  /** In parts, so that calls are served between them. */
  #fill(rows: OverlayRows): void {
    this.#prepared?.tables.keys.apply(rows);
    this.#partsToCome--;
    this.#tellPrepared();
  }

  #tellPrepared(): void {
    if (this.#prepared === undefined || this.#partsToCome > 0) return;
    const { tables, skipped } = this.#prepared;
    post({ type: "prepared", hash: tables.hash, skipped });
  }

  #commit(hash: string): void {
    const prepared = this.#prepared;
    if (prepared === undefined || this.#start === undefined)
      throw new LatchkeyError("LK-5001", "Nothing to commit.");
    this.#prepared = undefined;
    this.#gateway.commit(prepared);
    try {
      this.#listener ??= listen(this.#gateway, {
        ...{ hostname: this.#start.hostname, port: this.#start.port },
        askAdmin: (request) => this.#askAdmin(request),
      });
      post({ type: "committed", hash });
    } catch (thrown) {
      post({
        type: "not-listening",
        message: thrown instanceof Error ? thrown.message : String(thrown),
      });
    }
  }

  #askAdmin(request: IncomingRequest): Promise<Reply> {
    if (this.#open === undefined) throw new LatchkeyError("LK-5001", "The thread was not started.");
    return this.#open.admin.ask(request, this.#gateway.tables().trustedProxies);
  }

  async #drain(withinMs: number): Promise<void> {
    const abandoned = (await this.#listener?.drain(withinMs)) ?? 0;
    this.#open?.gateway.close();
    const lostRows = (await this.#open?.close()) ?? 0;
    post({ type: "drained", abandoned, lostRows });
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
// A config's own functions may leave a timer or a promise behind that fails later.
process.on("uncaughtException", (thrown) => void thread.crash(thrown));
process.on("unhandledRejection", (thrown) => void thread.crash(thrown));
// They must not end the thread, either, with the rows that it has not written yet,
process.exit = () => {
  throw new Error("A function of the config called process.exit, which only ends a process of its own.");
};
// nor print between the lines that machines read from stdout.
Object.defineProperty(globalThis, "console", { value: new Console(process.stderr) });
// Where nobody reads the log any more, the main thread sees to it that calls end in order.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
// One at a time, in the order in which they came.
let queue = Promise.resolve();
self.onmessage = (event: MessageEvent<ToThread>) => {
  // Not in its turn: it asks whether the thread can do anything at all.
  if (event.data.type === "ping") return post({ type: "pong" });
  queue = queue.then(() => thread.handle(event.data));
};

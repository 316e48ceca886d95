import { LatchkeyError } from "../../kernel/error.ts";
import type { TokenizerReply, TokenizerRequest } from "./tokenizer-protocol.ts";

/** A part of a text that holds whole characters: one token, or several that share a character. */
export interface TokenPiece {
  readonly text: string;
  readonly tokens: number;
}

/** Splits texts into the tokens of OpenAI's `o200k_base` encoding, away from the caller's event loop. */
export interface Tokenizer {
  /**
   * Pieces whose concatenation is the text (lone surrogates become U+FFFD).
   * @throws LatchkeyError LK-2104 (text too long) or LK-5001 (the worker failed).
   */
  readonly encode: (text: string) => Promise<readonly TokenPiece[]>;
  /** Tokens of each text. @throws LatchkeyError as `encode`; the length counts over all texts. */
  readonly count: (texts: readonly string[]) => Promise<readonly number[]>;
  /** Ends the worker; calls under way fail with LK-5002, as do later ones. */
  readonly close: () => void;
}

/** Settings of a tokenizer. */
export interface TokenizerOptions {
  /** Starts a worker that runs `tokenizer-worker.ts`; another one is for tests. */
  readonly startWorker?: () => Worker;
  /** UTF-16 code units taken in one call, default 2,000,000. */
  readonly maxCharacters?: number;
}

const MAX_CHARACTERS = 2_000_000;

interface Waiting {
  readonly resolve: (reply: TokenizerReply & { ok: true }) => void;
  readonly reject: (error: LatchkeyError) => void;
}

/**
 * Makes a tokenizer. Its worker (0.5 to 1 s and about 85 MB to load) starts with the first call, does not keep
 * the process alive, and is started anew by the next call after it died.
 */
export function createTokenizer(options: TokenizerOptions = {}): Tokenizer {
  const client = new TokenizerClient(
    options.startWorker ?? startTokenizerWorker,
    options.maxCharacters ?? MAX_CHARACTERS,
  );
  return {
    encode: (text) => client.encode(text),
    count: (texts) => client.count(texts),
    close: () => client.close(),
  };
}

function startTokenizerWorker(): Worker {
  return new Worker(new URL("./tokenizer-worker.ts", import.meta.url));
}

class TokenizerClient {
  readonly #startWorker: () => Worker;
  readonly #maxCharacters: number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #nextId = 0;
  #closed = false;

  constructor(startWorker: () => Worker, maxCharacters: number) {
    this.#startWorker = startWorker;
    this.#maxCharacters = maxCharacters;
  }

  async encode(text: string): Promise<readonly TokenPiece[]> {
    if (text === "") return [];
    const wellFormed = text.toWellFormed();
    const { lengths, tokens } = await this.#ask("encode", [wellFormed]);
    let from = 0;
    return Array.from(lengths, (length, index) => {
      const piece = wellFormed.slice(from, from + length);
      from += length;
      return { text: piece, tokens: tokens[index] ?? 0 };
    });
  }

  async count(texts: readonly string[]): Promise<readonly number[]> {
    if (texts.every((text) => text === "")) return texts.map(() => 0);
    const { tokens } = await this.#ask(
      "count",
      texts.map((text) => text.toWellFormed()),
    );
    return Array.from(tokens);
  }

  close(): void {
    this.#closed = true;
    const worker = this.#worker;
    this.#drop(worker, new LatchkeyError("LK-5002", "The tokenizer was closed."));
    worker?.terminate();
  }

  #ask(kind: TokenizerRequest["kind"], texts: readonly string[]): Promise<TokenizerReply & { ok: true }> {
    const { promise, resolve, reject } = Promise.withResolvers<TokenizerReply & { ok: true }>();
    const characters = texts.reduce((sum, text) => sum + text.length, 0);
    if (this.#closed) reject(new LatchkeyError("LK-5002", "The tokenizer is closed."));
    else if (characters > this.#maxCharacters) reject(tooLong(characters, this.#maxCharacters));
    else this.#post({ id: this.#nextId++, kind, texts }, { resolve, reject });
    return promise;
  }

  #post(request: TokenizerRequest, waiting: Waiting): void {
    this.#waiting.set(request.id, waiting);
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage(request);
    } catch (cause) {
      this.#waiting.delete(request.id);
      waiting.reject(workerFailed(String(cause)));
    }
  }

  #start(): Worker {
    const worker = this.#startWorker();
    worker.unref();
    worker.addEventListener("message", (event: MessageEvent<TokenizerReply>) => this.#settle(event.data));
    worker.addEventListener("error", (event: ErrorEvent) => {
      // A worker that threw may live on in an unknown state.
      worker.terminate();
      this.#drop(worker, workerFailed(event.message));
    });
    worker.addEventListener("close", () => this.#drop(worker, workerFailed("it ended")));
    return worker;
  }

  #settle(reply: TokenizerReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply);
    else waiting?.reject(workerFailed(reply.message));
  }

  /** Forgets a worker; what waits for it fails. A worker that was replaced already is left out. */
  #drop(worker: Worker | undefined, error: LatchkeyError): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

function tooLong(characters: number, max: number): LatchkeyError {
  return new LatchkeyError(
    "LK-2104",
    `The text has ${characters} characters; at most ${max} are tokenized at once.`,
  );
}

function workerFailed(reason: string): LatchkeyError {
  return new LatchkeyError("LK-5001", "The tokenizer failed.", { internal: `tokenizer worker: ${reason}` });
}

/** The part of `fetch` that the client uses. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** Where time comes from. */
export interface ClientClock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls back after so many milliseconds, unless the function it answers is called before. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** What a client is made from. */
export interface ClientOptions {
  /** Where the gateway is, such as `https://ai.example.com`; a path in it is kept as a prefix. */
  readonly baseUrl: string;
  /** A Latchkey key: `lk_…`. */
  readonly key: string;
  /** Milliseconds that a whole call may take, retries and a streamed answer included. Default 10 minutes. */
  readonly timeoutMs?: number;
  /** How often a failed call is sent again at most, default 2. See `docs/client.md` for what is sent again. */
  readonly maxRetries?: number;
  /** Headers of every request. `authorization`, `accept` and `content-type` are the client's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: the platform's `fetch`. */
  readonly fetch?: FetchFunction;
  /** Default: the platform's clock and timers. */
  readonly clock?: ClientClock;
  /** A number in [0, 1) that spreads retries. Default: `Math.random`. */
  readonly random?: () => number;
}

/** What a single call may set for itself; the client's options hold for the rest. */
export type CallOptions = Pick<ClientOptions, "timeoutMs" | "maxRetries" | "headers"> & {
  /** Aborts the call, also between attempts and in the middle of a stream. */
  readonly signal?: AbortSignal;
};

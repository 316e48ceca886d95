import type { CallerDialectName } from "../../../src/dialects/dialect.ts";

/** Where a client calls. */
export interface Endpoint {
  /** Without a path. */
  readonly origin: string;
  readonly key: string;
  readonly model: string;
}

/** What a client makes of an answer. */
export interface Told {
  readonly text: string;
  readonly reasoning?: string | undefined;
  /** Tokens; all of the prompt, cached or not, where the client tells the two apart. */
  readonly usage: { readonly input: number | undefined; readonly output: number | undefined };
  /** Tokens from the cache, where they are not among those of the prompt. */
  readonly cached?: number | undefined;
  /** Pieces in which the text came. */
  readonly pieces?: number;
}

/** A call of a tool as the client shows it. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: unknown;
}

/** A conversation in which tools were called and their results told. */
export interface ToolsUsed {
  readonly calls: readonly ToolCall[];
  /** The answer to the results. */
  readonly text: string;
}

/** An error as the client shows it; what it does not show is absent. */
export interface Failure {
  readonly status: number | undefined;
  readonly message: string;
  readonly retryAfter?: string | null | undefined;
}

/** A picture as a client sends it. */
export interface Picture {
  readonly mediaType: string;
  readonly base64: string;
}

/** A client that is set up. What it cannot do, or does not show, is absent. */
export interface Connection {
  readonly chat: (prompt: string) => Promise<Told>;
  readonly stream: (prompt: string) => Promise<Told>;
  /** Offers the tools of `tools.ts` by their names, runs those that are called and tells the results. */
  readonly useTools: (prompt: string, names: readonly ToolName[]) => Promise<ToolsUsed>;
  /** The same with answers as streams. */
  readonly useToolsStreaming: (prompt: string, names: readonly ToolName[]) => Promise<ToolsUsed>;
  /** Wants `weather` to be called in any case; one turn. */
  readonly forceTool: (prompt: string) => Promise<readonly ToolCall[]>;
  readonly structured: (prompt: string) => Promise<unknown>;
  readonly see: (prompt: string, picture: Picture) => Promise<string>;
  readonly stopAt?: (prompt: string, stop: string) => Promise<string>;
  readonly think?: (prompt: string) => Promise<Told>;
  readonly thinkStreaming?: (prompt: string) => Promise<Told>;
  readonly models?: () => Promise<readonly string[]>;
  /** What a thrown value says. */
  readonly failure: (thrown: unknown) => Failure;
  /** Leaves in the middle of a stream. */
  readonly leave: (prompt: string) => Promise<void>;
}

/** A client that somebody may point at the gateway. */
export interface MatrixClient {
  /** Package, and the API of it where it has several. */
  readonly name: string;
  readonly dialect: CallerDialectName;
  readonly connect: (endpoint: Endpoint) => Connection;
}

/** Names of the tools. */
export type ToolName = "weather" | "clock";

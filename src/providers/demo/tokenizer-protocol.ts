/** What the tokenizer's worker is asked. */
export interface TokenizerRequest {
  readonly id: number;
  readonly kind: "encode" | "count";
  /** Well-formed texts; `encode` takes one. */
  readonly texts: readonly string[];
}

/**
 * What the worker answers. For `encode`: UTF-16 code units and tokens of each piece, so that no text has to
 * travel back. For `count`: the tokens of each text, `lengths` empty.
 */
export type TokenizerReply =
  | { readonly id: number; readonly ok: true; readonly lengths: Uint32Array; readonly tokens: Uint32Array }
  | { readonly id: number; readonly ok: false; readonly message: string };

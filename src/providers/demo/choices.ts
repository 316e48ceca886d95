import { type Draft, type DraftCall, draftChoice } from "./draft.ts";
import { type DemoRequest, MAX_OUTPUT_TOKENS } from "./request.ts";
import type { Tokenizer, TokenPiece } from "./tokenizer.ts";

/** Why a choice ends. */
export type DemoFinishReason = "stop" | "length" | "tool_calls";

/** A function call of a choice, its arguments in pieces. */
export interface ChoiceCall {
  readonly name: string;
  readonly arguments: readonly TokenPiece[];
}

/** One of the answers to a request, as it is sent. */
export interface DemoChoice {
  readonly content: readonly TokenPiece[];
  readonly calls: readonly ChoiceCall[];
  readonly finishReason: DemoFinishReason;
  /** Tokens of the content, or of the names and arguments of the calls. */
  readonly tokens: number;
}

/**
 * Makes the choices of a request. @throws DemoRefusal when a schema cannot be satisfied; LatchkeyError when
 * the tokenizer fails.
 */
export async function makeChoices(request: DemoRequest, tokenizer: Tokenizer): Promise<DemoChoice[]> {
  const indices = Array.from({ length: request.choices }, (_, index) => index);
  const drafts = indices.map((index) => draftChoice(request, index));
  return Promise.all(drafts.map((draft) => finishDraft(draft, request, tokenizer)));
}

function finishDraft(draft: Draft, request: DemoRequest, tokenizer: Tokenizer): Promise<DemoChoice> {
  const limit = request.maxTokens ?? MAX_OUTPUT_TOKENS;
  if (draft.kind === "calls") return finishCalls(draft.calls, limit, tokenizer);
  return finishText(cutAtStop(draft.text, request.stop), limit, tokenizer);
}

async function finishText(text: string, limit: number, tokenizer: Tokenizer): Promise<DemoChoice> {
  const cut = cutAtLimit(await tokenizer.encode(text), limit);
  return { content: cut.pieces, calls: [], finishReason: cut.whole ? "stop" : "length", tokens: cut.tokens };
}

async function finishCalls(
  drafts: readonly DraftCall[],
  limit: number,
  tokenizer: Tokenizer,
): Promise<DemoChoice> {
  const names = await tokenizer.count(drafts.map((draft) => draft.name));
  const encoded = await Promise.all(drafts.map((draft) => tokenizer.encode(draft.arguments)));
  const calls: ChoiceCall[] = [];
  let tokens = 0;
  let whole = true;
  for (const [index, { name }] of drafts.entries()) {
    // The first call is begun even where its name alone exceeds the limit: a choice says something.
    if (index > 0 && tokens + (names[index] ?? 0) > limit) whole = false;
    if (!whole) break;
    tokens += names[index] ?? 0;
    const cut = cutAtLimit(encoded[index] ?? [], limit - tokens);
    calls.push({ name, arguments: cut.pieces });
    tokens += cut.tokens;
    whole = cut.whole;
  }
  return { content: [], calls, finishReason: whole ? "tool_calls" : "length", tokens };
}

/** The text before the first stop sequence in it. */
function cutAtStop(text: string, stops: readonly string[]): string {
  const found = stops.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  return found.length === 0 ? text : text.slice(0, Math.min(...found));
}

/** As many pieces as a limit of tokens allows. */
function cutAtLimit(
  pieces: readonly TokenPiece[],
  limit: number,
): { pieces: readonly TokenPiece[]; tokens: number; whole: boolean } {
  let tokens = 0;
  for (const [index, piece] of pieces.entries()) {
    if (tokens + piece.tokens > limit) return { pieces: pieces.slice(0, index), tokens, whole: false };
    tokens += piece.tokens;
  }
  return { pieces, tokens, whole: true };
}

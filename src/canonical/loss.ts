import type { ChatRequestField } from "./chat-request.ts";

/**
 * Something of a request for which the target's dialect has no words. What is harmless (the answer stays what was
 * asked for) is left out and named to the caller; anything else refuses the request.
 */
export interface Loss {
  /**
   * Where it stood: a path in the caller's own body, such as `messages[2].content[0]`, or the canonical name of a
   * member, which the caller's dialect translates.
   */
  readonly path: string | { readonly field: ChatRequestField };
  readonly isHarmless: boolean;
  /** Why, as a half sentence after the path: `has no counterpart in Gemini`. */
  readonly reason: string;
}

import type { ChatRequestField } from "./chat-request.ts";

/**
 * Something of a request for which the target's dialect has no words. What is harmless (the answer stays what was
 * asked for) is left out, or something close is told instead, and named to the caller; anything else refuses the request. `Field` names the members of
 * the kind of request that it belongs to.
 */
export interface Loss<Field extends string = ChatRequestField> {
  /**
   * Where it stood: a path, such as `messages[2].content[0]`, in the caller's own body where reading it lost something,
   * in the canonical request where a target has no words; or the canonical name of a member, with the position in it
   * where it is a list. The caller's dialect knows where in its body that is.
   */
  readonly path: string | { readonly field: Field; readonly index?: number };
  readonly isHarmless: boolean;
  /** Whether the target is told something close in its place, such as the nearest value that it takes; harmless only. */
  readonly isChanged?: true;
  /** Why, as a half sentence after the path: `has no counterpart in Gemini`. */
  readonly reason: string;
}

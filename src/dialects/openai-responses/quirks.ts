import type { TargetTraits } from "../dialect.ts";

/** How a server that speaks this dialect departs from OpenAI, as far as a request has to know. */
export interface ResponsesQuirks {
  /**
   * Whether sealed thinking may be asked for (`include: ["reasoning.encrypted_content"]`). OpenAI refuses the request
   * where the model does not think. Absent: see `asksForSealedReasoning`.
   */
  readonly encryptedReasoning: boolean | undefined;
  /** Whether thinking that is not sealed goes back as text, as servers of open models want it. */
  readonly reasoningText: boolean;
  /** Whether the model takes explicit cache breakpoints (OpenAI: from gpt-5.6 on). */
  readonly cacheBreakpoints: boolean;
}

/** Reads the quirks of a target; what is absent or of another type is as at OpenAI. */
export function readQuirks({ quirks = {} }: TargetTraits): ResponsesQuirks {
  const { encryptedReasoning, reasoningText, cacheBreakpoints } = quirks;
  return {
    encryptedReasoning: typeof encryptedReasoning === "boolean" ? encryptedReasoning : undefined,
    reasoningText: reasoningText === true,
    cacheBreakpoints: cacheBreakpoints === true,
  };
}

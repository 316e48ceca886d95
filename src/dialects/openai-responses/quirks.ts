import type { ChatRequestField } from "../../canonical/chat-request.ts";
import type { TargetTraits } from "../dialect.ts";

/**
 * How a server that speaks this dialect departs from OpenAI, as far as a request has to know. Profiles hold it as plain
 * data under these names; what a profile does not say is as OpenAI has it.
 */
export interface ResponsesQuirks {
  /**
   * Whether sealed thinking may be asked for (`include: ["reasoning.encrypted_content"]`). OpenAI refuses the request
   * where the model does not think. Undefined: see `asksForSealedReasoning`.
   */
  readonly encryptedReasoning: boolean | undefined;
  /** Whether thinking that is not sealed goes back as text, as servers of open models want it. */
  readonly reasoningText: boolean;
  /** Whether the model takes explicit cache breakpoints (OpenAI: from gpt-5.6 on). */
  readonly cacheBreakpoints: boolean;
  /** Whether the role `developer` is known; `system` stands in for it. */
  readonly developerRole: boolean;
  /** Member for the id of the person behind the request. */
  readonly endUser: "safety_identifier" | "user";
  /** Members of the canonical request that the server refuses although OpenAI takes them: words with a space between. */
  readonly less: readonly ChatRequestField[];
}

const OPENAI: ResponsesQuirks = {
  encryptedReasoning: undefined,
  reasoningText: false,
  cacheBreakpoints: false,
  developerRole: true,
  endUser: "safety_identifier",
  less: [],
};

type RawQuirks = NonNullable<TargetTraits["quirks"]>;

const known = new WeakMap<RawQuirks, ResponsesQuirks>();

/** The quirks of a target, read once for each profile. */
export function quirksOf({ quirks }: TargetTraits): ResponsesQuirks {
  if (quirks === undefined) return OPENAI;
  const cached = known.get(quirks);
  if (cached !== undefined) return cached;
  const { less, ...plain } = quirks;
  const words = typeof less === "string" ? less.split(" ").filter((word) => word !== "") : [];
  const read = { ...OPENAI, ...plain, less: words } as ResponsesQuirks;
  known.set(quirks, read);
  return read;
}

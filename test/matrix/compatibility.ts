import type { ChatDialectName } from "../../src/canonical/content.ts";
import type { MatrixClient } from "./clients/client.ts";
import type { Feature } from "./features.ts";

/** A member of the request, by the caller's dialect or by the client's name. */
type Member = Readonly<Record<string, string>>;
/** By the dialect of the vendor and the name of the feature. */
type Members = Readonly<Partial<Record<ChatDialectName, Readonly<Record<string, Member>>>>>;

// It has the answer made by a tool, and forbids that it is called twice.
const oneCall: Member = { "ai + @ai-sdk/anthropic": "tool_choice.disable_parallel_tool_use" };
// They promise that arguments match their schema.
const strict = (...members: readonly string[]): Member => {
  const dropped = (path: string): string => members.map((member) => member + path).join(", ");
  return { "openai (chat)": dropped(".function.strict"), "openai (responses)": dropped(".strict") };
};

// Those APIs have no number of tokens for thinking.
const noBudget: Member = { "@anthropic-ai/sdk": "thinking", gemini: "generationConfig.thinkingConfig" };

/** What is refused rather than left out. */
const refusals: Members = {};

/** What is left out and named, since the answer is the same without it. */
const drops: Members = {
  gemini: { "structured output": oneCall },
  "bedrock-converse": { "structured output": oneCall },
  "cohere-chat": { "structured output": oneCall },
  "ollama-chat": {
    tools: strict("tools[0]"),
    "parallel tools, streamed": strict("tools[0]", "tools[1]"),
  },
};

/** What is told otherwise and named. */
const changes: Members = {
  "openai-responses": { thinking: noBudget },
  "openai-chat": { thinking: noBudget },
  "ollama-chat": { thinking: noBudget },
};

/** The member that the refusal of a feature has to name; `undefined` where the pair has to work. */
export function refusedField(
  client: MatrixClient,
  vendor: ChatDialectName,
  feature: Feature,
): string | undefined {
  return memberIn(refusals, client, vendor, feature);
}

/** The member that is left out; `undefined` where there is none. */
export function droppedField(
  client: MatrixClient,
  vendor: ChatDialectName,
  feature: Feature,
): string | undefined {
  return memberIn(drops, client, vendor, feature);
}

/** The member of which something close is told; `undefined` where there is none. */
export function changedField(
  client: MatrixClient,
  vendor: ChatDialectName,
  feature: Feature,
): string | undefined {
  return memberIn(changes, client, vendor, feature);
}

function memberIn(
  members: Members,
  { name, dialect }: MatrixClient,
  vendor: ChatDialectName,
  feature: Feature,
): string | undefined {
  const member = members[vendor]?.[feature.name];
  return member?.[name] ?? member?.[dialect];
}

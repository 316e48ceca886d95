interface Part {
  readonly type: string;
  readonly text?: string;
  readonly thinking?: readonly { readonly text: string }[];
}

/**
 * An answer of Chat Completions as its clients are to see it: `content` in parts (Mistral's thinking models) is a text and
 * the thinking beside it. All else stays as it is.
 */
export function tellParts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tellParts);
  if (typeof value !== "object" || value === null) return value;
  const members: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name !== "content" || !Array.isArray(member)) members[name] = tellParts(member);
    else Object.assign(members, textAndThinking(member));
  }
  return members;
}

function textAndThinking(parts: readonly Part[]): Record<string, string> {
  const texts = parts.filter(({ type }) => type === "text").map(({ text = "" }) => text);
  const thoughts = parts.flatMap(({ thinking = [] }) => thinking.map(({ text }) => text));
  return {
    ...(texts.length > 0 && { content: texts.join("") }),
    ...(thoughts.length > 0 && { reasoning_content: thoughts.join("") }),
  };
}

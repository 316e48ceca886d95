/** The member in one of its places: after another, before another, alone. In JSON, a text never holds it bare. */
const EMPTY_USAGE =
  /,\s*"usage"\s*:\s*null(?=\s*[,}])|"usage"\s*:\s*null\s*,\s*|"usage"\s*:\s*null(?=\s*\})/g;

/**
 * Lines of a stream without the `"usage":null` of their chunks, which OpenAI sends only where
 * `stream_options.include_usage` was asked for: https://platform.openai.com/docs/api-reference/chat-streaming
 * @param lines whole lines, in Latin-1
 */
export function withoutEmptyUsage(lines: string): string {
  return lines.replace(EMPTY_USAGE, (member: string, at: number) => (isOfChunk(lines, at) ? "" : member));
}

/** Whether what stands at a place is a member of the line's outermost object. */
function isOfChunk(lines: string, at: number): boolean {
  let depth = 0;
  let inText = false;
  for (let index = lines.lastIndexOf("\n", at) + 1; index < at; index++) {
    const letter = lines[index];
    if (inText) {
      if (letter === "\\") index++;
      else if (letter === '"') inText = false;
    } else if (letter === '"') inText = true;
    else if (letter === "{" || letter === "[") depth++;
    else if (letter === "}" || letter === "]") depth--;
  }
  return depth === 1 && !inText;
}

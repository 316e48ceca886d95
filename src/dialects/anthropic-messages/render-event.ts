import type { JsonObject } from "../../kernel/json.ts";

/** One event of a stream, framing included. Wire format: https://docs.anthropic.com/en/docs/build-with-claude/streaming */
export function renderEvent(event: JsonObject & { readonly type: string }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

import type { ChatRequest } from "../../../src/canonical/chat-request.ts";
import type { ChatResponse } from "../../../src/canonical/chat-response.ts";
import type { StreamEvent } from "../../../src/canonical/stream-event.ts";
import type {
  AnswerContext,
  CallerDialect,
  CallerDialectName,
  ChatDialect,
} from "../../../src/dialects/dialect.ts";
import { callerDialects, chatDialects } from "../../../src/dialects/registry.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import type { VendorAnswer } from "./vendor-answers.ts";

/** Dialects that callers speak. */
export const callers: readonly CallerDialect[] = Object.values(callerDialects);

/** Dialects that vendors speak. */
export const vendors: readonly ChatDialect[] = Object.values(chatDialects);

/** What answers are told with. */
export function contextOf(request: Partial<ChatRequest> = {}): AnswerContext {
  return {
    request: { model: "fast", stream: false, streamUsage: true, messages: [], ...request },
    model: "fast",
    requestId: "req_0000000000000000000000000000002a",
    nowS: 1_800_000_000,
  };
}

function egressOf({ dialect }: Pick<VendorAnswer, "dialect">): ChatDialect["egress"] {
  const found = chatDialects[dialect];
  if (found === undefined) throw new Error(`${dialect} is not spoken`);
  return found.egress;
}

/** A vendor's whole answer, read. */
export function parseWhole(answer: VendorAnswer): ChatResponse {
  const body = JSON.parse(Buffer.from(answer.body).toString()) as JsonObject;
  const response = egressOf(answer).parseResponse(body, answer.traits);
  if (response === undefined) throw new Error(`${answer.name} is not understood`);
  return response;
}

/** The events of a vendor's stream that comes in these pieces and is closed after the last. */
export function decodePieces(
  answer: Pick<VendorAnswer, "dialect" | "traits">,
  pieces: readonly Uint8Array[],
): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  const decoder = egressOf(answer).decodeStream(answer.traits, (event) => events.push(event));
  for (const piece of pieces) decoder.push(piece);
  decoder.close();
  return events;
}

/** Events in a caller's words. */
export function encodeEvents(caller: CallerDialectName, events: readonly StreamEvent[]): string {
  const encoder = callerDialects[caller].ingress.encodeStream(contextOf({ stream: true }));
  return events.map((event) => encoder.encode(event)).join("");
}

/** What dialects make up by chance, under one name. */
export function withoutMadeIds(text: string): string {
  return text.replaceAll(/[0-9a-f]{32}/g, "ID");
}

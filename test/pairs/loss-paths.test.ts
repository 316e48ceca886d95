import { expect, test } from "bun:test";
import fc from "fast-check";
import type { ChatRequest } from "../../src/canonical/chat-request.ts";
import type { Message } from "../../src/canonical/message.ts";
import type { CallerDialectName, IngressRequest } from "../../src/dialects/dialect.ts";
import { callerDialects } from "../../src/dialects/registry.ts";
import type { Json, JsonObject } from "../../src/kernel/json.ts";
import { CallerPaths } from "../../src/runtime/exchange/caller-paths.ts";
import { anyConversation } from "../support/any-conversation.ts";
import { messagePlaces, toolPlaces } from "../support/canonical-places.ts";
import { callers, vendors } from "./support/translate.ts";
import { traitsOf } from "./support/vendor-answers.ts";

/** What stands at a path of a body, step by step; `undefined` where nothing does. */
function valueAt(body: JsonObject, path: string): Json | undefined {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  return steps.reduce<Json | undefined>((value, step) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.hasOwn(value, step) ? (value as Record<string, Json>)[step] : undefined;
  }, body);
}

/** A request in a caller's words, or `undefined` where it has none that can be read. */
function asked(name: CallerDialectName, request: ChatRequest): IngressRequest | undefined {
  const { egress, ingress } = callerDialects[name];
  const body = JSON.parse(JSON.stringify(egress.renderRequest(request, traitsOf(name)).body)) as JsonObject;
  const input = { body, model: "fast", stream: false };
  try {
    ingress.parseRequest(input);
    return input;
  } catch {
    return undefined;
  }
}

const named = callers.map(({ name }) => [name] as const);

test.each(named)("whatever a caller of %s is told was lost, it stands in what the caller wrote", (name) => {
  let losses = 0;
  fc.assert(
    fc.property(anyConversation, (conversation) => {
      const input = asked(name, conversation);
      if (input === undefined) return;
      const { ingress } = callerDialects[name];
      const { request, losses: unread } = ingress.parseRequest(input);
      const paths = new CallerPaths(ingress, input);
      const told = vendors.flatMap((vendor) => {
        const rendered = vendor.egress.renderRequest(request, traitsOf(vendor.name));
        return rendered.losses.map(({ path }) => paths.of(path));
      });
      const read = unread.map(({ path }) => (typeof path === "string" ? path : paths.of(path)));
      losses += told.length;
      for (const path of [...told, ...read])
        expect([path, valueAt(input.body, path)]).not.toEqual([path, undefined]);
    }),
    { numRuns: 300, includeErrorInReport: true },
  );
  expect(losses).toBeGreaterThan(300);
});

/** Words by which a part is known, as they stand in JSON. */
function wordsOf(part: Message["content"][number]): string | undefined {
  switch (part.type) {
    case "text":
    case "refusal":
      return part.text;
    case "tool-call":
      return part.name;
    default:
      return undefined;
  }
}

test.each(named)("each word of a caller of %s is found where it is said to stand", (name) => {
  fc.assert(
    fc.property(anyConversation, (conversation) => {
      const input = asked(name, conversation);
      if (input === undefined) return;
      const { ingress } = callerDialects[name];
      const { request } = ingress.parseRequest(input);
      const paths = new CallerPaths(ingress, input);
      for (const [index, [at = "", ...places]] of messagePlaces(request).entries()) {
        expect([at, valueAt(input.body, paths.of(at))]).not.toEqual([at, undefined]);
        for (const [order, place] of places.entries()) {
          const part = request.messages[index]?.content[order];
          const words = part === undefined ? undefined : wordsOf(part);
          const value = valueAt(input.body, paths.of(place));
          expect([place, value]).not.toEqual([place, undefined]);
          // Gemini's callers may have cut words into pieces, of which the first is named.
          if (words !== undefined && name !== "gemini")
            expect(JSON.stringify(value)).toContain(JSON.stringify(words).slice(1, -1));
        }
      }
      for (const [index, place] of toolPlaces(request).entries()) {
        const value = valueAt(input.body, paths.of(place));
        expect([place, value]).not.toEqual([place, undefined]);
        const tool = request.tools?.[index];
        if (tool?.type === "function") expect(JSON.stringify(value)).toContain(JSON.stringify(tool.name));
      }
    }),
    { numRuns: 200, includeErrorInReport: true },
  );
});

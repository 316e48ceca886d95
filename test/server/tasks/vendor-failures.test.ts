import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ChatDialectName } from "../../../src/canonical/content.ts";
import { meanings, refusals } from "../../pairs/failures/told-failures.ts";
import { vendorFailures } from "../../pairs/failures/vendor-failures.ts";
import type { TaskFixture } from "./support.ts";
import { send, startCase, taskCases } from "./task-cases.ts";

/** Vendors whose errors have their own shape in every API; all others write OpenAI's. */
const DIALECTS: Readonly<Record<string, ChatDialectName>> = {
  gemini: "gemini",
  vertex: "gemini",
  bedrock: "bedrock-converse",
  cohere: "cohere-chat",
  ollama: "ollama-chat",
};

describe.each(taskCases.map((one) => [one.name, one] as const))("%s", (_, one) => {
  let gateway: TaskFixture;
  beforeAll(async () => {
    gateway = await startCase(one);
  });
  afterAll(() => gateway.stop());
  const failures = vendorFailures[DIALECTS[one.shape] ?? "openai-chat"];

  test.each(failures.map((failure) => [failure.kind, failure.status, failure] as const))(
    "tells %s, by %d, as what it is",
    async (kind, status, { body, headers = {}, words, waitS }) => {
      gateway.vendors[0].answer = () => Response.json(body, { status, headers });
      const { code, openai, words: tells = true } = meanings[kind];
      const response = await send(gateway, one, one.body);
      const text = await response.text();
      expect(response.headers.get("x-latchkey-error")).toBe(code);
      if (one.passes && refusals.includes(kind)) {
        expect({ status: response.status, body: JSON.parse(text) }).toEqual({ status, body });
        return;
      }
      expect(response.status).toBe(openai.status);
      expect(response.headers.get("retry-after")).toBe(waitS === undefined ? null : String(waitS));
      const told = JSON.parse(text);
      // Cohere's callers, who rerank, know statuses and words only.
      expect(told).toMatchObject(one.api === "rerank" ? { code } : { error: { code: openai.name } });
      expect((one.api === "rerank" ? told : told.error).message.includes(words)).toBe(tells);
    },
  );
});

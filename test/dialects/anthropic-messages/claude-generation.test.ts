import { expect, test } from "bun:test";
import { claudeGeneration } from "../../../src/dialects/anthropic-messages/claude-generation.ts";

test.each([
  ["claude-3-haiku-20240307", 300],
  ["claude-3-7-sonnet-20250219", 307],
  ["claude-3-5-sonnet-v2@20241022", 305],
  ["claude-sonnet-4-20250514", 400],
  ["claude-opus-4-1@20250805", 401],
  ["claude-haiku-4-5", 405],
  ["claude-sonnet-4-5-20250929", 405],
  ["eu.anthropic.claude-opus-4-6-v1:0", 406],
  ["claude-sonnet-5", 500],
  ["claude-fable-5-1", 501],
  ["claude-2.1", 201],
  ["anthropic.claude-v2:1", 200],
  ["anthropic.claude-instant-v1", 100],
  ["claude-mythos-preview", 9900],
  ["some-model-2", 0],
] as const)("%s is of the generation %d", (model, generation) => {
  expect(claudeGeneration(model)).toBe(generation);
});

import { describe, expect, test } from "bun:test";
import { baseUrlOf, queryOf } from "../../src/catalog/provider-address.ts";
import type { ProviderProfile } from "../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../src/catalog/providers/index.ts";
import { dialectOf, dialectsOf } from "../../src/catalog/spoken-dialect.ts";

const profiles: readonly (readonly [string, ProviderProfile])[] = Object.entries(providerProfiles);

describe("what is known of each provider type", () => {
  test.each(profiles)("%s is consistent", (type, profile) => {
    expect(profile.type).toBe(type);
    expect(profile.sources.length).toBeGreaterThan(0);
    for (const source of profile.sources) expect(new URL(source).protocol).toBe("https:");
    const examples = Object.fromEntries((profile.options ?? []).map(({ name, example }) => [name, example]));
    const url = baseUrlOf(profile, examples);
    if (profile.baseUrl === null) expect(url).toBeUndefined();
    else expect(url).toMatch(/^https?:\/\/[^{}?#]+[^{}?#/]$/);
    for (const { path } of Object.values(profile.apis ?? {}))
      expect(path).toMatch(/^(?:https:\/\/[\w.-]+)?\//);
    for (const { basePath = "/x" } of dialectsOf(profile)) expect(basePath).toMatch(/^(?:\/[\w.-]+)*$/);
    expect(profile.chat === null && Object.keys(profile.apis ?? {}).length === 0).toBe(false);
  });

  test("names other addresses that differ from the usual one, and end as it does", () => {
    const others = profiles.flatMap(([, profile]) =>
      (profile.otherAddresses ?? []).map(({ what, baseUrl }) => ({ profile, what, baseUrl })),
    );
    expect(others.length).toBeGreaterThan(5);
    for (const { profile, what, baseUrl } of others) {
      expect(new URL(baseUrl).protocol).toBe("https:");
      expect(baseUrl).not.toMatch(/[{}?#]|\/$/);
      expect(baseUrl).not.toBe(profile.baseUrl ?? "");
      expect(what).toMatch(/^\S.*[^.]$/);
    }
  });

  test("every option is part of the address or the query", () => {
    for (const [, { options = [], baseUrl, query = "" }] of profiles) {
      for (const { name } of options) expect(`${baseUrl}?${query}`).toContain(`{${name}}`);
    }
  });
});

describe("an address", () => {
  const { vertex, "azure-openai": azure } = providerProfiles;

  test("is filled in with the options", () => {
    expect(baseUrlOf(azure, { resource: "my-resource" })).toBe(
      "https://my-resource.openai.azure.com/openai/v1",
    );
  });

  test("has another host for some values", () => {
    const urlAt = (location: string): string | undefined => baseUrlOf(vertex, { project: "p", location });
    expect(urlAt("us-central1")).toStartWith("https://us-central1-aiplatform.googleapis.com/v1/projects/p/");
    expect(urlAt("global")).toBe("https://aiplatform.googleapis.com/v1/projects/p/locations/global");
    expect(urlAt("us")).toStartWith("https://aiplatform.us.rep.googleapis.com/v1/projects/p/locations/us");
  });

  test("is not there while an option is missing", () => {
    expect(baseUrlOf(vertex, { project: "p" })).toBeUndefined();
    expect(queryOf(azure, { resource: "r" })).toBeUndefined();
    expect(queryOf(azure, { resource: "r", apiVersion: "preview" })).toBe("api-version=preview");
  });
});

describe("the dialect of a model", () => {
  const { vertex, ollama, openai, voyage } = providerProfiles;

  test("is the usual one, or the one that its id begins with", () => {
    expect(dialectOf(vertex, "gemini-2.5-pro", undefined)?.dialect).toBe("gemini");
    expect(dialectOf(vertex, "claude-opus-4-5@20251101", undefined)).toMatchObject({
      dialect: "anthropic-messages",
      quirks: { host: "vertex" },
    });
    expect(dialectOf(vertex, "deepseek-ai/deepseek-v3.1-maas", undefined)?.basePath).toBe(
      "/endpoints/openapi",
    );
    expect(dialectOf(openai, "claude-like", undefined)?.dialect).toBe("openai-chat");
  });

  test("is the wanted one where the provider speaks it", () => {
    expect(dialectOf(vertex, "claude-opus-4-5", "gemini")?.quirks).toEqual({ vertex: true });
    expect(dialectOf(vertex, "my-tuned-model", "anthropic-messages")?.quirks).toEqual({ host: "vertex" });
    expect(dialectOf(openai, "gpt-5-codex", "openai-responses")).toEqual({
      dialect: "openai-responses",
      basePath: "",
    });
    expect(dialectOf(ollama, "qwen3", "openai-responses")?.basePath).toBe("/v1");
    expect(dialectOf(openai, "gpt-5", "gemini")).toBeUndefined();
  });

  test("is none where the provider has no chat models", () => {
    expect(dialectOf(voyage, "voyage-3.5", undefined)).toBeUndefined();
    expect(dialectsOf(voyage)).toEqual([]);
  });

  test("is named once in the list of all, the usual one first", () => {
    expect(dialectsOf(ollama).map(({ dialect }) => dialect)).toEqual([
      "ollama-chat",
      "openai-chat",
      "openai-responses",
      "anthropic-messages",
    ]);
  });
});

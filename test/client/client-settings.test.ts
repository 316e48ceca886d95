import { describe, expect, test } from "bun:test";
import { inspect } from "node:util";
import { resolveCallSettings, resolveClientSettings } from "../../sdk/client/client-settings.ts";
import type { ClientOptions } from "../../sdk/client/index.ts";
import { createClient } from "../../sdk/client/index.ts";
import { KEY } from "./support/gateway.ts";

const options: ClientOptions = { baseUrl: "https://ai.example.com", key: KEY };

/** The error that these options cause. */
function refusal(wrong: Partial<ClientOptions>): TypeError {
  try {
    createClient({ ...options, ...wrong });
  } catch (error) {
    if (error instanceof TypeError) return error;
  }
  throw new Error("The options were expected to be refused.");
}

describe("the base URL", () => {
  const resolve = (baseUrl: string): string => resolveClientSettings({ ...options, baseUrl }).baseUrl;

  test("may have a path and slashes at its end", () => {
    expect(resolve("https://ai.example.com")).toBe("https://ai.example.com");
    expect(resolve("http://127.0.0.1:8787/")).toBe("http://127.0.0.1:8787");
    expect(resolve("https://example.com/ai//")).toBe("https://example.com/ai");
  });

  test("must be http or https", () => {
    for (const baseUrl of ["", "ai.example.com", "/ai", "ftp://example.com", "file:///etc/passwd"]) {
      expect(refusal({ baseUrl }).message).toBe("baseUrl must be an http or https URL");
    }
  });

  test("must have nothing that would end up elsewhere than in the path", () => {
    for (const baseUrl of [
      "https://user:secret@example.com",
      "https://example.com?key=secret",
      "https://example.com#x",
    ]) {
      const { message } = refusal({ baseUrl });
      expect(message).toBe("baseUrl must have no credentials, no query and no fragment");
    }
  });
});

describe("the key", () => {
  test("is refused without being repeated", () => {
    for (const key of ["", `${KEY}\n`, ` ${KEY}`, `${KEY} x`, `${KEY}é`, `${KEY}\u0000`]) {
      const error = refusal({ key });
      expect(error.message).toContain("key must be a Latchkey key");
      expect(inspect(error)).not.toContain("verysecretpart");
    }
  });

  test("is not found in a client that is logged or written as JSON", () => {
    const client = createClient(options);
    for (const text of [
      inspect(client, { depth: 9, showHidden: true }),
      Bun.inspect(client),
      JSON.stringify(client),
    ]) {
      expect(text).not.toContain("verysecretpart");
    }
  });
});

describe("limits", () => {
  test("have defaults", () => {
    const { call } = resolveClientSettings(options);
    expect(call).toEqual({ timeoutMs: 600_000, maxRetries: 2, headers: {} });
  });

  test("of a call win over those of the client", () => {
    const { call } = resolveClientSettings({ ...options, timeoutMs: 1_000, maxRetries: 5 });
    expect(resolveCallSettings({}, call)).toEqual(call);
    expect(resolveCallSettings({ timeoutMs: 20, maxRetries: 0 }, call)).toEqual({
      timeoutMs: 20,
      maxRetries: 0,
      headers: {},
    });
  });

  test("that make no sense are refused", () => {
    for (const timeoutMs of [0, -1, Number.NaN])
      expect(refusal({ timeoutMs }).message).toContain("timeoutMs");
    for (const maxRetries of [-1, Number.NaN])
      expect(refusal({ maxRetries }).message).toContain("maxRetries");
    expect(resolveClientSettings({ ...options, timeoutMs: Number.POSITIVE_INFINITY }).call.timeoutMs).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});

describe("headers", () => {
  test("are merged whatever the case of their names", () => {
    const { call } = resolveClientSettings({ ...options, headers: { "X-Team": "one", "X-Trace": "a" } });
    expect(resolveCallSettings({ headers: { "x-team": "two" } }, call).headers).toEqual({
      "x-team": "two",
      "x-trace": "a",
    });
  });

  test("that are the client's own are refused", () => {
    for (const name of ["Authorization", "accept", "Content-Type"]) {
      expect(refusal({ headers: { [name]: "x" } }).message).toBe(
        `header ${name} is set by the client itself`,
      );
    }
  });

  test("that HTTP does not allow are refused without repeating the value", () => {
    const { message } = refusal({ headers: { "x-secret": "hush\r\nx-other: 1" } });
    expect(message).toBe('header "x-secret" has a name or value that HTTP does not allow');
    expect(refusal({ headers: { "x secret": "hush" } }).message).toContain('"x secret"');
  });
});

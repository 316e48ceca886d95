import { expect, test } from "bun:test";
import fc from "fast-check";
import { visiblePath } from "../../src/http/visible-path.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { shownPath } from "../../src/runtime/shown-path.ts";
import { maskText } from "../../src/telemetry/mask-text.ts";

const KEY = generateApiKey("live");

test("a key in a path is masked wherever it stands", () => {
  expect(shownPath(`/v1/${KEY}/models`)).toBe("/v1/[redacted]/models");
  expect(shownPath(`/${KEY}`)).toBe("/[redacted]");
  expect(shownPath("/v1/models/sk-proj-0123456789abcdefghij")).toBe("/v1/models/[redacted]");
});

test("also where it is percent-encoded", () => {
  const encoded = KEY.replaceAll("_", "%5F");
  expect(shownPath(`/v1/x-${encoded}/models`)).toBe("/v1/[redacted]/models");
});

test("any other path is shown as it came", () => {
  for (const path of ["/v1/models/gpt-6%2Fluna", "/api/summary/v1", "/", "/größe"]) {
    expect(shownPath(path)).toBe(visiblePath(path));
  }
  const segments = fc.array(fc.stringMatching(/^[a-z]{0,8}$/), { maxLength: 6 });
  fc.assert(
    fc.property(segments, (parts) => {
      expect(shownPath(`/${parts.join("/")}`)).toBe(`/${parts.join("/")}`);
    }),
  );
});

test("small letters, digits and slashes, which are not looked at, are never masked", () => {
  const piece = fc.constantFrom(
    "sk",
    "lk",
    "key",
    "bearer",
    "apikey",
    "password",
    "secret",
    "gsk",
    "xxxxx",
    "/",
    "0a",
  );
  const made = fc.oneof(
    fc.stringMatching(/^[a-z0-9/]{0,80}$/),
    fc.array(piece).map((pieces) => pieces.join("")),
  );
  fc.assert(
    fc.property(made, (path) => {
      expect(maskText(path)).toBe(path);
      expect(shownPath(path)).toBe(path);
    }),
    { numRuns: 1_000 },
  );
});

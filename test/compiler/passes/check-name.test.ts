import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createClient } from "../../../sdk/client/index.ts";
import { checkName } from "../../../src/compiler/passes/check-name.ts";
import { type Finding, Report } from "../../../src/compiler/report.ts";

function findings(record: string, name: string): readonly Finding[] {
  const report = new Report();
  checkName(record, name, { declaration: 0, path: [record, name] }, report);
  return report.findings;
}

const codes = (record: string, name: string): readonly string[] =>
  findings(record, name).map(({ code }) => code);

test("what an object inherits from is no name of anything", () => {
  for (const record of ["models", "endpoints", "apps"]) {
    const message = '"__proto__" cannot be a name: in an object it says what the object inherits from';
    expect(findings(record, "__proto__")).toMatchObject([{ code: "LK1105", message, part: "key" }]);
  }
});

describe("names of models", () => {
  test.each([
    "fast",
    "gpt-4.1",
    "claude-sonnet-4.5",
    "meta-llama/Llama-3.1-8B",
    "us.anthropic.claude-3-5-sonnet-20241022-v2:0",
    "accounts/fireworks/models/llama-v3p1-8b",
    "01-ai/Yi-34B",
    "o1",
    "a".repeat(128),
  ])("%s is one", (name) => {
    expect(codes("models", name)).toEqual([]);
  });

  test.each([
    "",
    ".",
    "a.",
    "-a",
    "a/",
    "/a",
    "a//b",
    "a..b",
    "a/.b",
    "a/./b",
    "a/-b",
    "a b",
    "a%2Fb",
    "ä",
    "a?b",
    "a#b",
    "a\\b",
    "a".repeat(129),
  ])("%p is none", (name) => {
    expect(codes("models", name)).toEqual(["LK1104"]);
  });

  test("stay one part of a path when they are encoded, and come back as they were", () => {
    const character = fc.constantFrom(..."abzAZ019._-:/");
    fc.assert(
      fc.property(fc.array(character, { minLength: 1, maxLength: 12 }), (letters) => {
        const name = letters.join("");
        fc.pre(codes("models", name).length === 0);
        const url = new URL(`/v1/models/${encodeURIComponent(name)}`, "http://gateway.example");
        expect(url.pathname.split("/")).toHaveLength(4);
        expect(decodeURIComponent(url.pathname.slice("/v1/models/".length))).toBe(name);
        expect(new URL(`/v1/models/${name}`, "http://gateway.example").pathname).toBe(`/v1/models/${name}`);
      }),
    );
  });
});

describe("other names", () => {
  test.each(["endpoints", "tenants", "services", "apps", "keys", "providers"])(
    "of %s stay strict",
    (record) => {
      for (const name of ["gpt-4.1", "a/b", "a:b", "a_b", "2a"])
        expect(codes(record, name)).toEqual(["LK1104"]);
      expect(codes(record, "aB-2")).toEqual([]);
    },
  );

  test("are put right in the same letters or not at all", () => {
    const meant = (name: string): string | undefined => findings("endpoints", name)[0]?.suggestion;
    expect(meant("ünï")).toBe("write `uni`");
    expect(meant("Straße 2")).toBe('write `"Strasse-2"`');
    expect(meant("smørrebrød")).toBe("write `smorrebrod`");
    expect(meant("модель")).toBeUndefined();
    expect(meant("モデル-1")).toBeUndefined();
    expect(meant("!?")).toBeUndefined();
    expect(meant(" valueOf")).toBeUndefined();
    expect(meant("chat!")).toBeUndefined();
    expect(meant("a".repeat(70))).toBe(`write \`${"a".repeat(63)}\``);
  });

  test("that are suggested can be used", () => {
    fc.assert(
      fc.property(fc.constantFrom("models", "endpoints"), fc.string(), (record, name) => {
        const suggested = /`"?([^"`]+)"?`$/.exec(findings(record, name)[0]?.suggestion ?? "")?.[1];
        if (suggested !== undefined) expect(codes(record, suggested)).toEqual([]);
      }),
    );
  });
});

test("an endpoint may have exactly the names that the typed client answers with an endpoint", () => {
  const client = createClient({ baseUrl: "http://127.0.0.1:1", key: "none" });
  const own = [...Object.keys(client), ...Object.getOwnPropertyNames(Object.prototype), "then", "toJSON"];
  expect(own).toContain("chat");
  for (const name of [...own, "stream", "withResponse", "v1", "name", "length", "sentiment"]) {
    const isEndpoint = Reflect.get(client, name) === client.endpoint(name);
    expect([name, codes("endpoints", name).length === 0]).toEqual([name, isEndpoint]);
  }
});

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createLocator } from "../../../src/compiler/locate/locator.ts";
import { type RunConfig, runConfig } from "./support/run-config.ts";

const config = `import { app, approval, budget, defineGateway, demo, endpoint, fallback, key, model, prompt, rate, service, tenant } from "latchkey/config";
import { z } from "zod";
import { echo as renamed, makeModel } from "./teams/models.ts";
import { packaged } from "packaged";

interface OnlyATypeThatVanishes {
  readonly so: "lines differ from the bundle's";
}

export const local = demo();
export const fast = model({ targets: [local("echo"), local("slow", { price: { input: "1 USD", output: "2 USD" } })] as const, routing: fallback({ attempts: 2 }) });
export const made = makeModel("echo");
export const [mapped] = ["echo"].map((id) => model({ targets: [local(id)], summary: "mapped" })) as [ReturnType<typeof model>];
export const awaited = await (async () => {
  await Promise.resolve();
  return model({ targets: [local("echo")], summary: "awaited" });
})();
class Maker {
  readonly made = model({ targets: [local("echo")], summary: "field" });
  make() { return model({ targets: [local("echo")], summary: "method" }); }
}
export const byMethod = new Maker().make();
export const byField = new Maker().made;
/* 日本語 👩‍👩‍👧 */ export const wide = model({ targets: [local("日本")], summary: "wide" }), next = model({ targets: [local("x")], summary: "next" });
export const nested = service({ owner: tenant({}), approval: approval.by("owner", { within: "3d" }), offers: [fast] });
export const policy = approval
  .by("owner", { within: "3d", quorum: 2 });

const limits = [rate({ requests: 600, per: "1m" }), rate({ concurrent: 3 })];
const shared = { budgets: { small: budget({ limit: "5 USD", per: "month" }) } };
function twice(limits: readonly []) { return limits; }
const spread = { summary: "spread" };
const services = (() => [nested]) satisfies () => unknown;
export const checkout = app({
  ...spread,
  uses: () => [nested],
  summary: "first",
  "summary": "second",
  limits: [rate({ tokens: 200_000, per: "1m" }), rate({ requests: 1, per: ("1h" as const) })],
  budget: shared.budgets.small,
  keys: {
    production: key({
      digest: "sha256:00",
      networks: ["10.0.0.0/8", "bad"],
    }),
    ["computed"]: key({ digest: "sha256:11" }),
    [\`\${"dynamic"}\`]: key({ digest: "sha256:22" }),
  },
});
export const returning = app({ uses() { const list = [nested]; return [nested, nested]; }, limits: [...limits, rate({ concurrent: 1 })] });
export const pointed = app({ uses: services, limits: spreadLimits() });
function spreadLimits() { return limits; }
const options = { displayName: "Shop", apps: { checkout, }, members: { "dev@shop.example": "developer" as const } };
export const shop = tenant(options);
export const ambiguous = tenant({ limits });
export const sentiment = endpoint({
  version: "1.0.0", model: fast, input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user\`\${text}\`],
});
const { messages } = { messages: [prompt.system\`hi\`] };
export const message = { site: messages[0]!.site };
export const outside = packaged;
export { renamed };
export default defineGateway({ providers: { local }, models: { fast, other: renamed }, endpoints: { sentiment }, tenants: { shop } });
`;

const files = {
  "gateway.config.ts": config,
  "teams/models.ts": `import { demo, model } from "latchkey/config";
const local = demo();
export const echo = model({ targets: [local("echo")] });
export const makeModel = (id: string) => model({ targets: [local(id)], summary: "made" });
`,
  "node_modules/packaged/index.js": `import { demo } from "latchkey/config";
export const packaged = demo();
`,
};

let run: RunConfig;
beforeAll(async () => {
  run = await runConfig(files);
});
afterAll(() => run.remove());

const shown = (
  name: string,
  path?: readonly (string | number)[],
  part?: "key" | "value",
): string | undefined =>
  run.shown(run.locator.place(run.site(name), path, part))?.replace("gateway.config.ts: ", "");

test("the origin of a value is where the constant that it names was written", () => {
  const origin = (name: string, path: readonly (string | number)[]): string | undefined =>
    run.shown(run.locator.origin(run.site(name), path))?.replace("gateway.config.ts: ", "");
  expect(origin("checkout", ["budget"])).toBe('budget({ limit: "5 USD", per: "month" })');
  expect(origin("ambiguous", ["limits"])).toBeUndefined();
  expect(origin("checkout", ["summary"])).toBeUndefined();
  expect(origin("checkout", ["nothing", "here"])).toBeUndefined();
  expect(origin("outside", ["summary"])).toBeUndefined();
});

describe("the call that made a declaration", () => {
  test.each([
    ["local", "demo"],
    ["fast", "model"],
    ["awaited", "model"],
    ["checkout", "app"],
    ["wide", "model"],
    ["default", "defineGateway"],
    ["nested", "service"],
    ["policy", "by"],
    ["message", "prompt.system"],
  ])("%s is found at %p", (name, callee) => {
    expect(shown(name)).toBe(callee);
  });

  test("is placed by line and column of the source, not of the bundle", () => {
    const line = config.split("\n").findIndex((text) => text.includes("export const fast"));
    const column = config.split("\n")[line]?.indexOf("model(");
    expect(run.locator.place(run.site("fast"))).toEqual({
      file: "gateway.config.ts",
      line: line + 1,
      column: (column ?? 0) + 1,
      length: "model".length,
    });
  });

  test("is told from its neighbour behind wide characters", () => {
    expect(shown("wide", ["summary"])).toBe('"wide"');
    expect(shown("next", ["summary"])).toBe('"next"');
  });

  test("is found in the file that wrote it", () => {
    expect(shown("renamed")).toBe("teams/models.ts: model");
  });

  test("is the inner one inside the team's own helper, and the frames lead to its use", () => {
    expect(shown("made", ["summary"])).toBe('teams/models.ts: "made"');
    expect(run.locator.frames(run.site("made")).map(run.shown)).toEqual([
      "teams/models.ts: model",
      "gateway.config.ts: makeModel",
    ]);
  });

  test.each([
    ["mapped", '"mapped"'],
    ["awaited", '"awaited"'],
    ["byMethod", '"method"'],
  ])("is found inside a function: %s", (name, summary) => {
    expect(shown(name, ["summary"])).toBe(summary);
  });

  test("is the `new` of the class for a field, whose frame has no position", () => {
    expect(shown("byField", ["summary"])).toBe("Maker");
  });

  test("is nowhere when only a package made it", () => {
    expect(run.site("outside")).toContain(run.options.bundlePath);
    expect(run.locator.place(run.site("outside"))).toBeUndefined();
    expect(run.locator.frames(run.site("outside"))).toEqual([]);
  });

  test.each(["", "Error", "Error\n    at /elsewhere/bundle.mjs:1:1", "Error\n    at native:1:1", "\u0000"])(
    "is nowhere for the stack text %p",
    (site) => {
      expect(run.locator.place(site, ["summary"])).toBeUndefined();
    },
  );

  test("is nowhere for a position outside the bundle", () => {
    expect(run.locator.place(`    at ${run.options.bundlePath}:999999:1`)).toBeUndefined();
  });
});

describe("a property of a declaration", () => {
  test.each([
    ["limits[0].per", "checkout", ["limits", 0, "per"], '"1m"'],
    ["a value behind a type assertion", "checkout", ["limits", 1, "per"], '"1h"'],
    ["a whole element", "checkout", ["limits", 0], 'rate({ tokens: 200_000, per: "1m" })'],
    ["an element of a nested call", "checkout", ["keys", "production", "networks", 1], '"bad"'],
    [
      "an element behind `as const`",
      "fast",
      ["targets", 1],
      'local("slow", { price: { input: "1 USD", output: "2 USD" } })',
    ],
    ["an option in a second argument", "fast", ["targets", 1, "price", "output"], '"2 USD"'],
    ["a nested declaration's option", "fast", ["routing", "attempts"], "2"],
    ["an approval's term", "nested", ["approval", "within"], '"3d"'],
    ["a method call's argument on another line", "policy", ["quorum"], "2"],
    ["an element of an arrow function's list", "checkout", ["uses", 0], "nested"],
    ["an element of a method's returned list", "returning", ["uses", 1], "nested"],
    ["an element behind a constant function", "pointed", ["uses", 0], "nested"],
    ["the last of two properties of a name", "checkout", ["summary"], '"second"'],
    ["a computed key that is a text", "checkout", ["keys", "computed", "digest"], '"sha256:11"'],
    ["a value behind constants", "checkout", ["budget", "limit"], '"5 USD"'],
    ["a constant argument", "shop", ["members", "dev@shop.example"], '"developer"'],
    ["a name given in short form", "default", ["models", "fast"], "fast"],
    ["a name given another value", "default", ["models", "other"], "renamed"],
    ["a number written as text", "checkout", ["limits", "1", "requests"], "1"],
  ])("%s", (_, name, path, text) => {
    expect(shown(name, path)).toBe(text);
  });

  test("is named by its key where its value spans lines", () => {
    expect(shown("checkout", ["keys"])).toBe("keys");
    expect(shown("checkout", ["keys", "production"])).toBe("production");
  });

  test("is named by its key when that is asked for", () => {
    expect(shown("checkout", ["limits"], "key")).toBe("limits");
    expect(shown("default", ["models", "other"], "key")).toBe("other");
    expect(shown("checkout", ["limits", 0], "key")).toBe('rate({ tokens: 200_000, per: "1m" })');
  });

  test.each([
    ["a missing option of a nested call", "checkout", ["limits", 0, "window"], "rate"],
    ["a missing option of a named nested call", "checkout", ["keys", "production", "expires"], "key"],
    ["a missing option of the call itself", "checkout", ["starterKey"], "app"],
    ["an element beyond the list", "checkout", ["limits", 7], "limits"],
    ["a key that is computed when the config runs", "checkout", ["keys", "dynamic", "digest"], "keys"],
    ["what is spread", "returning", ["limits", 2, "concurrent"], "limits"],
    ["what a function of the team returns", "pointed", ["limits", 0, "per"], "spreadLimits"],
    ["a name that means two things", "ambiguous", ["limits", 0, "per"], "limits"],
    ["what another file declares", "default", ["models", "other", "targets"], "other"],
    ["an inherited name", "checkout", ["constructor"], "app"],
  ])("leads as far as it goes: %s", (_, name, path, text) => {
    expect(shown(name, path)).toBe(text);
  });
});

describe("reading", () => {
  test("waits for the first question and happens once", () => {
    const read: string[] = [];
    const options = { ...run.options, sourceMap: withoutContents(run.options.sourceMap) };
    const locator = createLocator({
      ...options,
      readSource: (path) => {
        read.push(path.slice(run.options.rootDir.length));
        return run.options.readSource(path);
      },
    });
    expect(read).toEqual([]);
    for (const name of ["fast", "checkout", "shop"]) locator.place(run.site(name));
    expect(read).toEqual(["/gateway.config.ts"]);
  });

  test("does not even look at a broken map before it is needed", () => {
    expect(() => createLocator({ ...run.options, sourceMap: "{" })).not.toThrow();
  });

  test.each([
    ["gone", undefined],
    ["no TypeScript at all", "const = = ;;; ```"],
  ])("a source that is %s still gives the position", (_, text) => {
    const options = {
      ...run.options,
      sourceMap: withoutContents(run.options.sourceMap),
      readSource: () => text,
    };
    const place = createLocator(options).place(run.site("fast"), ["targets"]);
    expect(place).toEqual({ file: "gateway.config.ts", line: 11, column: 21 });
  });

  test("takes the text that was bundled before the one on disk now", () => {
    const locator = createLocator({ ...run.options, readSource: () => "something else" });
    expect(run.shown(locator.place(run.site("fast")))).toBe("gateway.config.ts: model");
  });

  test("the ten thousandth answer is as good as the first", () => {
    const site = run.site("checkout");
    const places = Array.from({ length: 10_000 }, () => run.locator.place(site, ["limits", 0, "per"]));
    expect(new Set(places.map(run.shown))).toEqual(new Set(['gateway.config.ts: "1m"']));
  });
});

function withoutContents(sourceMap: string): string {
  const { sourcesContent: _, ...map } = JSON.parse(sourceMap);
  return JSON.stringify(map);
}

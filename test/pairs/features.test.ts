import { describe, expect, test } from "bun:test";
import { askedGroups } from "./features/all.ts";
import { probe } from "./features/probe.ts";
import { probeErrors, probeSeals, probeTold } from "./features/probe-told.ts";
import { toldGroups } from "./features/told-features.ts";
import { callers, vendors } from "./support/translate.ts";

const asked = askedGroups.flatMap(({ features }) => features);
const told = toldGroups.flatMap(({ features }) => features);
const pairs = callers.flatMap((caller) => vendors.map((vendor) => [caller, vendor] as const));

/** What every vendor has to be told in its own words, whoever asks. */
const ALWAYS = [
  "text",
  "instructions",
  "several turns",
  "picture, base64",
  "functions",
  "call and its result",
  "parallel calls and their results",
  "limit of tokens",
  "temperature",
  "top p",
];

/** What every caller has to be told wherever a vendor tells it. */
const ALWAYS_TOLD = [
  "text",
  "thinking, or its summary",
  "calls of tools",
  "parallel calls",
  "sources on the web",
  "cut at the limit of tokens",
  "waits for tools",
  "held back by a filter",
  "tokens in and out",
  "tokens read from the cache",
  "tokens of thinking",
];

describe.each(pairs.map(([caller, vendor]) => [caller.name, vendor.name, caller, vendor] as const))(
  "%s to %s",
  (_caller, _vendor, caller, vendor) => {
    test.each(asked.map((feature) => [feature.name, feature] as const))(
      "%s is told, or named as what it is",
      async (name, feature) => {
        const ways = feature.asked[caller.name];
        if (ways === undefined) return expect(ALWAYS).not.toContain(name);
        const { outcome, param } = await probe(feature, ways, caller, vendor);
        const isNamed = ["changed", "dropped", "refused"].includes(outcome);
        expect(param !== undefined && param !== "").toBe(isNamed);
        if (ALWAYS.includes(name)) expect(["passed", "native"]).toContain(outcome);
        // Schemas hold with every vendor.
        if (name === "JSON in a schema") expect(["passed", "native", "emulated"]).toContain(outcome);
      },
    );

    test.each(told.map((feature) => [feature.name, feature] as const))(
      "%s is shown",
      async (name, feature) => {
        const outcome = await probeTold(feature, caller, vendor);
        if (ALWAYS_TOLD.includes(name)) expect(["told", "none"]).toContain(outcome);
        if (name === "text" || name === "tokens in and out") expect(outcome).toBe("told");
        // Words are never lost.
        if (name === "refusal in words") expect(["told", "otherwise", "none"]).toContain(outcome);
      },
    );

    test("sealed thinking comes back, and errors keep their words", async () => {
      expect(await probeSeals(caller, vendor)).toBe(vendor.name === "ollama-chat" ? "none" : "told");
      expect(probeErrors(caller, vendor)).toBe("told");
    });
  },
);

import type { DatedPrice } from "../price.ts";
import type { CatalogOverride } from "./override.ts";
import { said } from "./said.ts";
import { thousandths } from "./thousandths.ts";

/** Twice as much for what is read, half as much again for what is written, where a prompt has more than 272,000 tokens. */
const gpt = (input: number, output: number, cacheRead: number, cacheWrite: number): readonly DatedPrice[] => [
  {
    input: input * thousandths,
    output: output * thousandths,
    cacheRead: cacheRead * thousandths,
    cacheWrite: cacheWrite * thousandths,
    longContext: [
      {
        above: 272_000,
        input: 2 * input * thousandths,
        output: 1.5 * output * thousandths,
        cacheRead: 2 * cacheRead * thousandths,
        cacheWrite: 2 * cacheWrite * thousandths,
      },
    ],
  },
];

const claude = { contextWindow: 1_000_000, maxOutputTokens: 128_000, can: ["tools", "reasoning"] } as const;
const frontier = {
  contextWindow: 1_050_000,
  maxOutputTokens: 128_000,
  takes: ["text", "image"],
  can: ["tools", "reasoning"],
} as const;

const sonnet = said("anthropic", "https://platform.claude.com/docs/zh-CN/models/sonnet-5-5/overview");
const haiku = said("anthropic", "https://platform.claude.com/docs/en/models/haiku-5-5/overview.md");
const fable = said("anthropic", "https://platform.claude.com/docs/id/models/sonnet-5/overview.md");
const claudit = said("anthropic", "https://github.com/kurofune/claudit/releases/tag/v1.9.2");
const sol62 = said("openai", "https://developers.openai.com/api/docs/models/gpt-6.2-sol");
const sol61 = said("openai", "https://docs.laozhang.ai/en/announcements/gpt-6-1-sol-2026-10.md");
const terra = said("openai", "https://docs.litellm.ai/blog/gpt-6-1-terra");
const mistral = said("mistral", "https://docs.mistral.ai/inference/model-selection-guide.md");
const kimi = said("moonshot", "https://runware.ai/docs/models/moonshotai-kimi-k3-1-pro.md");

const sonnetPrice = {
  input: 2_000 * thousandths,
  output: 10_000 * thousandths,
  cacheRead: 200 * thousandths,
  cacheWrite: 2_500 * thousandths,
  cacheWriteHour: 4_000 * thousandths,
};
const haikuPrice = {
  input: 100 * thousandths,
  output: 500 * thousandths,
  cacheRead: 10 * thousandths,
  cacheWrite: 125 * thousandths,
  cacheWriteHour: 200 * thousandths,
};

/** Models that came out after the data packages did. */
export const newestModels: readonly CatalogOverride[] = [
  sonnet("claude-sonnet-5-5", { name: "Claude Sonnet 5.5", ...claude }),
  claudit("claude-sonnet-5-5", {
    prices: [sonnetPrice, { from: "2026-10-07", ...sonnetPrice, cacheRead: 100 * thousandths }],
  }),
  haiku("claude-haiku-5-5", { name: "Claude Haiku 5.5", ...claude, releasedOn: "2026-10-07" }),
  // All of a call costs five times as much where its prompt is long.
  claudit("claude-haiku-5-5", {
    prices: [
      {
        ...haikuPrice,
        longContext: [
          {
            above: 100_000,
            input: 500 * thousandths,
            output: 2_500 * thousandths,
            cacheRead: 50 * thousandths,
            cacheWrite: 625 * thousandths,
            cacheWriteHour: 1_000 * thousandths,
          },
        ],
      },
    ],
  }),
  fable("claude-fable-5-2", { name: "Claude Fable 5.2", ...claude }),
  said("anthropic", "https://docs.apiyi.com/en/news/claude-fable-5-2-launch.md")("claude-fable-5-2", {
    releasedOn: "2026-11-09",
  }),
  said("anthropic", "https://github.com/archid21/rightsize/releases/tag/v0.10.2")("claude-fable-5-2", {
    prices: [
      {
        input: 8_000 * thousandths,
        output: 40_000 * thousandths,
        cacheRead: 200 * thousandths,
        cacheWrite: 10_000 * thousandths,
        cacheWriteHour: 16_000 * thousandths,
      },
    ],
  }),

  sol62("gpt-6.2-sol", { name: "GPT-6.2 Sol", ...frontier, prices: gpt(2_000, 10_000, 100, 2_500) }),
  sol61("gpt-6.1-sol gpt-6.1-sol-2026-09-29", {
    name: "GPT-6.1 Sol",
    ...frontier,
    releasedOn: "2026-09-29",
    prices: gpt(2_000, 10_000, 100, 2_500),
  }),
  terra("gpt-6.1-terra", {
    name: "GPT-6.1 Terra",
    ...frontier,
    prices: [
      {
        input: 1_000 * thousandths,
        output: 5_000 * thousandths,
        cacheRead: 50 * thousandths,
        longContext: [
          {
            above: 272_000,
            input: 2_000 * thousandths,
            output: 7_500 * thousandths,
            cacheRead: 100 * thousandths,
          },
        ],
      },
    ],
  }),
  said("openai", "https://docs.apiyi.com/en/news/gpt-6-1-terra-launch.md")("gpt-6.1-terra", {
    releasedOn: "2026-10-26",
  }),

  mistral("zai-glm-5-3-flash", {
    name: "GLM-5.3 Flash",
    contextWindow: 1_000_000,
    takes: ["text", "image"],
    can: ["reasoning"],
    prices: [{ input: 150 * thousandths, output: 500 * thousandths, cacheRead: 30 * thousandths }],
  }),
  mistral("deepseek-v4-1-flash-1017", {
    name: "DeepSeek V4.1 Flash",
    contextWindow: 1_000_000,
    takes: ["text", "image"],
    can: ["reasoning"],
    prices: [{ input: 300 * thousandths, output: 1_200 * thousandths, cacheRead: 7 * thousandths }],
  }),
  // What it costs at Moonshot itself is not said there.
  kimi("kimi-k3.1-pro", {
    name: "Kimi K3.1 Pro",
    contextWindow: 1_000_000,
    takes: ["text", "image"],
    can: ["tools", "reasoning", "json-schema"],
  }),
];

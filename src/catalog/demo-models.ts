/**
 * Model ids of the built-in `demo` provider, all of which it knows; any other id is answered with 404.
 *
 * - `echo`: answers with the last user message, at once.
 * - `lorem`: answers with made-up words, at once; `max_tokens` says how many tokens.
 * - `slow`: as `echo`, one token each 50 ms.
 * - `fail-401`, `fail-429`, `fail-500`, `fail-503`: answer that status; 429 and 503 with `retry-after`.
 * - `fail-cut`: breaks off in the middle of the answer.
 * - `fail-stall`: stops sending in the middle of the answer, without ending it.
 */
export const demoModelIds = [
  "echo",
  "lorem",
  "slow",
  "fail-401",
  "fail-429",
  "fail-500",
  "fail-503",
  "fail-cut",
  "fail-stall",
] as const;

/** A model id of the demo provider. */
export type DemoModelId = (typeof demoModelIds)[number];

/** What a demo model is said to cost, in whole nano-USD (10^-9 US dollar) per million tokens. */
export interface DemoModelPrice {
  readonly input: number;
  readonly output: number;
}

const usual: DemoModelPrice = { input: 150_000_000, output: 600_000_000 };
const dear: DemoModelPrice = { input: 2_500_000_000, output: 10_000_000_000 };

/** Made-up prices, so that cost and budgets can be tried; nothing is charged by anyone. */
export const demoModelPrices: Readonly<Record<DemoModelId, DemoModelPrice>> = {
  echo: usual,
  lorem: usual,
  slow: dear,
  "fail-401": usual,
  "fail-429": usual,
  "fail-500": usual,
  "fail-503": usual,
  "fail-cut": usual,
  "fail-stall": usual,
};

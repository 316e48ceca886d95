import { z } from "zod";
import { defineGateway, demo, endpoint, model, prompt } from "../../../sdk/config/index.ts";

const local = demo();
const fast = model({ targets: [local("echo")] });
const large = model({ targets: [local("echo")] });

const label = z.enum(["positive", "neutral", "negative"]);
const sentiment = endpoint({
  version: "2.1.0",
  model: fast,
  input: z.object({ text: z.string(), language: z.enum(["en", "de"]).default("en") }),
  output: z.object({ label, confidence: z.number() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const sentimentV1 = endpoint({
  version: "1.4.2",
  model: fast,
  input: z.object({ sentence: z.string() }),
  output: z.object({ label }),
  prompt: ({ sentence }) => [prompt.user`${sentence}`],
});
const summary = endpoint({
  version: "1.0.0",
  model: large,
  input: z.object({ text: z.string(), words: z.number().optional() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const chat = endpoint({
  version: "3.0.0",
  model: fast,
  input: z.object({ room: z.string() }),
  output: z.object({ topic: z.string() }),
  prompt: ({ room }) => [prompt.user`${room}`],
});

/** A gateway whose endpoints cover what the client's types have to tell apart. */
const testGateway = defineGateway({
  providers: { local },
  models: { fast, large },
  endpoints: { sentiment: [sentiment, sentimentV1], "text-summary": summary, chat, toJSON: summary },
});

/** Its type alone is used, as in a program that has the config only for its types. */
export type TestGateway = typeof testGateway;

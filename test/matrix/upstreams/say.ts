import type { Asked, Said } from "./vendor.ts";

/** What the model says to anything. */
export const greeting = "Grüße 👋🏽 aus Bern.";
/** What it thinks before it does, where it is to think. */
export const thought = "Let me greet them.";
/** Its answers in a schema. */
export const structured = { label: "positive", score: 1 };
/** What it calls its tools with. */
export const weatherArguments = { city: "Bern" };

/** What a model answers: it does what the request asks for, and says what it has understood of it. */
export function sayTo(asked: Asked): readonly Said[] {
  const thoughts: readonly Said[] = asked.thinks ? [{ type: "thought", text: thought }] : [];
  const said = [...thoughts, ...answerTo(asked)];
  if (asked.writesCalls !== true) return said;
  return said.map((part) => (part.type === "call" ? text(JSON.stringify(part.arguments)) : part));
}

function answerTo({
  results,
  tools,
  forced,
  structured: wantsSchema,
  pictures,
  stop,
}: Asked): readonly Said[] {
  if (results.length > 0) return [text(results.map((result) => result.text).join(" "))];
  if (tools.includes("weather")) {
    const weather: Said = { type: "call", name: "weather", arguments: weatherArguments };
    return tools.includes("clock") ? [weather, { type: "call", name: "clock", arguments: {} }] : [weather];
  }
  if (forced !== undefined) return [{ type: "call", name: forced, arguments: structured }];
  if (wantsSchema) return [text(JSON.stringify(structured))];
  if (pictures.length > 0) return [text(`I see ${pictures.map(describePicture).join(" and ")}.`)];
  if (stop.length > 0) return [text(`I stop at ${stop.join(" and ")}.`)];
  return [text(greeting)];
}

function describePicture({ mediaType, base64 }: Asked["pictures"][number]): string {
  return `${Buffer.from(base64, "base64").length} bytes${mediaType === undefined ? "" : ` of ${mediaType}`}`;
}

function text(words: string): Said {
  return { type: "text", text: words };
}

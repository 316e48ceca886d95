import { expect } from "bun:test";
import type { Connection } from "./clients/client.ts";
import { toolResults } from "./clients/tools.ts";
import { greeting, structured, thought, weatherArguments } from "./upstreams/say.ts";
import { faults, prompts, retryAfterS, type ServedVendor } from "./upstreams/serve.ts";
import { tokens } from "./upstreams/vendor.ts";

/** Something that a client can do, and what has to come of it. */
export interface Feature {
  /** As the table of `docs/compatibility.md` has it. */
  readonly name: string;
  /** What the gateway is held to, for the same document. */
  readonly meaning: string;
  /** Absent where the client has no way to ask for it or to show it. */
  readonly use: (
    connection: Connection,
  ) => ((upstream: ServedVendor, model: string) => Promise<void>) | undefined;
}

/** The smallest picture there is. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const picture = { mediaType: "image/png", base64: pixel };
const usage = { input: tokens.input, output: tokens.output };
const weather = { name: "weather", arguments: weatherArguments };
const clock = { name: "clock", arguments: {} };
const hello = "Greet me.";

/** All of them, in the table's order. */
export const features: readonly Feature[] = [
  {
    name: "chat",
    meaning: "the whole text, and tokens with cached ones counted as the client's API counts them",
    use: (connection) => async () => {
      expect(await connection.chat(hello)).toMatchObject({ text: greeting, usage });
    },
  },
  {
    name: "stream",
    meaning: "the same in pieces as they come",
    use: (connection) => async () => {
      const { pieces, ...told } = await connection.stream(hello);
      expect(told).toMatchObject({ text: greeting, usage });
      expect(pieces).toBeGreaterThanOrEqual(2);
    },
  },
  {
    name: "tools",
    meaning: "a call with its arguments, its result sent back, the answer to that",
    use: (connection) => async () => {
      const used = await connection.useTools("Is it sunny?", ["weather"]);
      expect(used).toEqual({ calls: [weather], text: String(toolResults["weather"]) });
    },
  },
  {
    name: "parallel tools, streamed",
    meaning: "two calls in one streamed turn, one of them without arguments, and both results",
    use: (connection) => async () => {
      const used = await connection.useToolsStreaming("Sunny, at what time?", ["weather", "clock"]);
      const text = `${toolResults["weather"]} ${toolResults["clock"]}`;
      expect(used).toEqual({ calls: [weather, clock], text });
    },
  },
  {
    name: "forced tool",
    meaning: "a tool that has to be called",
    use: (connection) => async () => {
      expect(await connection.forceTool("Call it.")).toEqual([weather]);
    },
  },
  {
    name: "structured output",
    meaning: "an answer in a JSON schema",
    use: (connection) => async () => {
      expect(await connection.structured("Rate this.")).toEqual(structured);
    },
  },
  {
    name: "vision",
    meaning: "a picture, sent as base64",
    use: (connection) => async () => {
      const bytes = Buffer.from(pixel, "base64").length;
      expect(await connection.see("What is this?", picture)).toMatch(
        new RegExp(`^I see ${bytes} bytes( of image/png)?\\.$`),
      );
    },
  },
  {
    name: "stop texts",
    meaning: "texts at which the answer ends",
    use: ({ stopAt }) => {
      if (stopAt === undefined) return undefined;
      // A vendor that knows stop texts says so, for any other the gateway cuts the answer.
      const cut = greeting.slice(0, greeting.indexOf("aus"));
      return async () => expect(["I stop at aus.", cut]).toContain(await stopAt(hello, "aus"));
    },
  },
  {
    name: "thinking",
    meaning: "the model's thinking beside its answer, whole and streamed",
    use: ({ think, thinkStreaming }) => {
      if (think === undefined || thinkStreaming === undefined) return undefined;
      return async () => {
        const wanted = { text: greeting, reasoning: thought, usage };
        expect(await think(hello)).toMatchObject(wanted);
        expect(await thinkStreaming(hello)).toMatchObject(wanted);
      };
    },
  },
  {
    name: "list of models",
    meaning: "the models of the key",
    use: ({ models }) => models && (async (_upstream, model) => expect(await models()).toEqual([model])),
  },
  {
    name: "errors",
    meaning:
      "the status and the vendor's words where the request is at fault, and when to try again where it is not",
    use: (connection) => async () => {
      const wrong = await failureOf(connection, connection.chat(prompts.wrong));
      expect(wrong).toMatchObject({ status: 400, message: expect.stringContaining(faults.wrong) });
      const busy = await failureOf(connection, connection.chat(prompts.busy));
      expect(busy.status).toBe(429);
      // Not every client shows headers.
      if ("retryAfter" in busy) expect(busy.retryAfter).toBe(String(retryAfterS));
    },
  },
  {
    name: "leaving",
    meaning: "a client that leaves in the middle ends the vendor's call",
    use: (connection) => async (upstream) => {
      const left = upstream.left();
      await connection.leave(prompts.slow);
      await left;
    },
  },
];

/** What a client makes of the failure of a call. */
export async function failureOf(
  { failure }: Connection,
  call: Promise<unknown>,
): Promise<ReturnType<Connection["failure"]>> {
  let thrown: unknown;
  try {
    await call;
  } catch (error) {
    thrown = error;
  }
  if (thrown === undefined) throw new Error("the call did not fail");
  return failure(thrown);
}

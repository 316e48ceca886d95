import { describe, expect, test } from "bun:test";
import type { ChatRequest } from "../../src/canonical/chat-request.ts";
import type { ChatDialectName, FilePart } from "../../src/canonical/content.ts";
import { chatDialects } from "../../src/dialects/registry.ts";

const notes: FilePart = {
  type: "file",
  name: "notes",
  source: { kind: "base64", mediaType: "text/plain", data: Buffer.from("Bern is old.").toString("base64") },
};

function render(name: string, file: FilePart) {
  const dialect = chatDialects[name as ChatDialectName];
  if (dialect === undefined) throw new Error(`No dialect ${name}.`);
  const request: ChatRequest = {
    model: "fast",
    stream: false,
    messages: [{ role: "user", content: [file, { type: "text", text: "How old?" }] }],
    maxOutputTokens: 100,
  };
  return dialect.egress.renderRequest(request, { upstreamModel: "some-model" });
}

describe("files that are to be cited", () => {
  test("refuse the request by the member's name in every dialect whose vendors cite none", () => {
    const refusals: Record<string, unknown> = {};
    for (const name of Object.keys(chatDialects)) {
      const refusing = render(name, { ...notes, citations: true }).losses.filter((loss) => !loss.isHarmless);
      refusals[name] = refusing.map(({ path }) => path);
    }
    const member = ["messages[0].content[0].citations"];
    expect(refusals).toEqual({
      ...{ "openai-chat": member, "openai-responses": member, gemini: member },
      ...{ "anthropic-messages": [], "bedrock-converse": [], "cohere-chat": [] },
      // It takes no files at all.
      "ollama-chat": ["messages[0].content[0]"],
    });
  });

  test("say that they need not be, and nothing is lost anywhere", () => {
    for (const name of Object.keys(chatDialects)) {
      if (name === "ollama-chat") continue;
      expect(render(name, { ...notes, citations: false }).losses).toEqual([]);
    }
  });
});

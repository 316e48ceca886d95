import type { JsonObject } from "../../../src/kernel/json.ts";
import { type AskedFeature, type FeatureGroup, member, part, turns } from "./asked.ts";

const question = { role: "user", content: "Hi" };
const contents = (...texts: readonly string[]): readonly JsonObject[] =>
  texts.map((text, index) => ({ role: index % 2 === 0 ? "user" : "model", parts: [{ text }] }));
const said = (...texts: readonly string[]): readonly JsonObject[] =>
  texts.map((content, index) => ({ role: index % 2 === 0 ? "user" : "assistant", content }));
const rule = "Be-brief.";

const features: readonly AskedFeature[] = [
  {
    name: "text",
    asked: {
      "openai-chat": turns("openai-chat", "messages", said("Tell-me.")),
      "openai-responses": turns("openai-responses", "input", said("Tell-me.")),
      "anthropic-messages": turns("anthropic-messages", "messages", said("Tell-me.")),
      gemini: turns("gemini", "contents", contents("Tell-me.")),
    },
    native: /Tell-me\./,
  },
  {
    name: "instructions",
    asked: {
      "openai-chat": turns("openai-chat", "role: system", [{ role: "system", content: rule }, question]),
      "openai-responses": member("instructions", rule),
      "anthropic-messages": member("system", rule),
      gemini: member("systemInstruction", { parts: [{ text: rule }] }),
    },
    native: /Be-brief\./,
  },
  {
    name: "instructions of the developer",
    asked: {
      "openai-chat": turns("openai-chat", "role: developer", [
        { role: "developer", content: rule },
        question,
      ]),
      "openai-responses": turns("openai-responses", "role: developer", [
        { role: "developer", content: rule },
        question,
      ]),
    },
    native: /developer/,
  },
  {
    name: "several turns",
    asked: {
      "openai-chat": turns("openai-chat", "messages", said("Hi", "I-am-here.", "Go on")),
      "openai-responses": turns("openai-responses", "input", said("Hi", "I-am-here.", "Go on")),
      "anthropic-messages": turns("anthropic-messages", "messages", said("Hi", "I-am-here.", "Go on")),
      gemini: turns("gemini", "contents", contents("Hi", "I-am-here.", "Go on")),
    },
    native: /I-am-here\./,
  },
  {
    name: "name of who speaks",
    asked: { "openai-chat": turns("openai-chat", "messages[].name", [{ ...question, name: "Ada" }]) },
    native: /"name":"Ada"/,
  },
  {
    name: "beginning of the answer",
    asked: {
      "openai-chat": turns("openai-chat", "prefix: true", [
        question,
        { role: "assistant", content: "Once-upon", prefix: true },
      ]),
      "anthropic-messages": turns("anthropic-messages", "last turn of the model", said("Hi", "Once-upon")),
      gemini: turns("gemini", "last turn of the model", contents("Hi", "Once-upon")),
    },
    native: /Once-upon/,
  },
];

const png = "iVBORw0KGgo=";
const pdf = "JVBERi0xLjQ=";
const url = "https://pictures.example/one.png";
const document = "https://documents.example/one.pdf";
const notes = Buffer.from("My-notes.").toString("base64");
const sound = "UklGRg==";

const media: readonly AskedFeature[] = [
  {
    name: "picture, base64",
    asked: {
      "openai-chat": part("openai-chat", "image_url", {
        type: "image_url",
        image_url: { url: `data:image/png;base64,${png}` },
      }),
      "openai-responses": part("openai-responses", "input_image", {
        type: "input_image",
        image_url: `data:image/png;base64,${png}`,
      }),
      "anthropic-messages": part("anthropic-messages", "image", {
        type: "image",
        source: { type: "base64", media_type: "image/png", data: png },
      }),
      gemini: part("gemini", "inlineData", { inlineData: { mimeType: "image/png", data: png } }),
    },
    native: /iVBORw0KGgo=/,
  },
  {
    name: "picture, URL",
    asked: {
      "openai-chat": part("openai-chat", "image_url", { type: "image_url", image_url: { url } }),
      "openai-responses": part("openai-responses", "input_image", { type: "input_image", image_url: url }),
      "anthropic-messages": part("anthropic-messages", "image", {
        type: "image",
        source: { type: "url", url },
      }),
      gemini: part("gemini", "fileData", { fileData: { mimeType: "image/png", fileUri: url } }),
    },
    native: /pictures\.example/,
  },
  {
    name: "how closely to look",
    asked: {
      "openai-chat": {
        ...part("openai-chat", "image_url.detail", {
          type: "image_url",
          image_url: { url: `data:image/png;base64,${png}`, detail: "low" },
        }),
        base: part("openai-chat", "", {
          type: "image_url",
          image_url: { url: `data:image/png;base64,${png}` },
        }).body,
      },
      "openai-responses": {
        ...part("openai-responses", "input_image.detail", {
          type: "input_image",
          image_url: `data:image/png;base64,${png}`,
          detail: "low",
        }),
        base: part("openai-responses", "", {
          type: "input_image",
          image_url: `data:image/png;base64,${png}`,
        }).body,
      },
    },
    native: /"detail":"low"|MEDIA_RESOLUTION_LOW/,
  },
  {
    name: "PDF, base64",
    asked: {
      "openai-chat": part("openai-chat", "file", {
        type: "file",
        file: { filename: "a.pdf", file_data: `data:application/pdf;base64,${pdf}` },
      }),
      "openai-responses": part("openai-responses", "input_file", {
        type: "input_file",
        filename: "a.pdf",
        file_data: `data:application/pdf;base64,${pdf}`,
      }),
      "anthropic-messages": part("anthropic-messages", "document", {
        type: "document",
        source: { type: "base64", media_type: "application/pdf", data: pdf },
      }),
      gemini: part("gemini", "inlineData", { inlineData: { mimeType: "application/pdf", data: pdf } }),
    },
    native: /JVBERi0xLjQ=/,
  },
  {
    name: "PDF, URL",
    asked: {
      "openai-responses": part("openai-responses", "input_file", { type: "input_file", file_url: document }),
      "anthropic-messages": part("anthropic-messages", "document", {
        type: "document",
        source: { type: "url", url: document },
      }),
      gemini: part("gemini", "fileData", {
        fileData: { mimeType: "application/pdf", fileUri: document },
      }),
    },
    native: /documents\.example/,
  },
  {
    name: "text file",
    asked: {
      "openai-chat": part("openai-chat", "file", {
        type: "file",
        file: { filename: "a.txt", file_data: `data:text/plain;base64,${notes}` },
      }),
      "openai-responses": part("openai-responses", "input_file", {
        type: "input_file",
        filename: "a.txt",
        file_data: `data:text/plain;base64,${notes}`,
      }),
      "anthropic-messages": part("anthropic-messages", "document", {
        type: "document",
        source: { type: "text", media_type: "text/plain", data: "My-notes." },
      }),
      gemini: part("gemini", "inlineData", { inlineData: { mimeType: "text/plain", data: notes } }),
    },
    native: new RegExp(`${notes}|"(document|documents|source)":.*My-notes`),
  },
  {
    name: "what is said about a file",
    asked: {
      "anthropic-messages": {
        ...part("anthropic-messages", "document.context", {
          type: "document",
          source: { type: "text", media_type: "text/plain", data: "My-notes." },
          context: "Written-in-May.",
        }),
        base: part("anthropic-messages", "", {
          type: "document",
          source: { type: "text", media_type: "text/plain", data: "My-notes." },
        }).body,
      },
    },
    native: /"context":"Written-in-May\."/,
  },
  {
    name: "citations of a file",
    asked: {
      "anthropic-messages": {
        ...part("anthropic-messages", "document.citations", {
          type: "document",
          source: { type: "text", media_type: "text/plain", data: "My-notes." },
          citations: { enabled: true },
        }),
        base: part("anthropic-messages", "", {
          type: "document",
          source: { type: "text", media_type: "text/plain", data: "My-notes." },
        }).body,
      },
    },
    native: /"citations":\{"enabled":true\}/,
    // It cites all documents unless it is told not to.
    isDefault: ["cohere-chat"],
  },
  {
    name: "sound, base64",
    asked: {
      "openai-chat": part("openai-chat", "input_audio", {
        type: "input_audio",
        input_audio: { data: sound, format: "wav" },
      }),
      "openai-responses": part("openai-responses", "input_audio", {
        type: "input_audio",
        input_audio: { data: sound, format: "wav" },
      }),
      gemini: part("gemini", "inlineData", { inlineData: { mimeType: "audio/wav", data: sound } }),
    },
    native: /UklGRg==/,
  },
  {
    name: "file kept by the caller's vendor",
    asked: {
      "openai-chat": part("openai-chat", "file_id", { type: "file", file: { file_id: "file-abc" } }),
      "openai-responses": part("openai-responses", "file_id", { type: "input_file", file_id: "file-abc" }),
      "anthropic-messages": part("anthropic-messages", "file_id", {
        type: "document",
        source: { type: "file", file_id: "file_abc" },
      }),
    },
    native: /file[-_]abc/,
  },
];

/** What is said, and what is shown. */
export const conversation: readonly FeatureGroup<AskedFeature>[] = [
  { title: "Conversation", features },
  { title: "Pictures, files, sound", features: media },
];

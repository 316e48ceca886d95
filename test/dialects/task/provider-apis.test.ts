import { describe, expect, test } from "bun:test";
import type { ProviderApi, ProviderApiName, ProviderProfile } from "../../../src/catalog/provider-profile.ts";
import { providerProfiles } from "../../../src/catalog/providers/index.ts";
import { images } from "../../../src/dialects/images/index.ts";
import { moderations } from "../../../src/dialects/moderations/index.ts";
import { speech } from "../../../src/dialects/speech/index.ts";
import { transcription } from "../../../src/dialects/transcription/index.ts";

const image = { kind: "bytes", bytes: Uint8Array.of(1), mediaType: "image/png" } as const;
const picture = { model: "m", prompt: "x", stream: false } as const;
const sound = { bytes: Uint8Array.of(1), name: "a.wav", mediaType: "audio/wav" };
const words = { model: "m", audio: sound, language: "en", stream: false } as const;

/** The simplest request of each API, rendered for a profile's member. */
const simplest: Readonly<Partial<Record<ProviderApiName, (api: ProviderApi) => Rendered | undefined>>> = {
  images: (api) => images.egress[api.shape]?.renderRequest(picture, traitsOf(api)),
  imageEdits: (api) =>
    images.egress[api.shape]?.renderRequest({ ...picture, images: [image] }, traitsOf(api)),
  speech: (api) =>
    speech.egress[api.shape]?.renderRequest(
      { model: "m", input: "x", voice: "v", asEvents: false },
      traitsOf(api),
    ),
  transcription: (api) =>
    transcription.egress[api.shape]?.renderRequest({ ...words, task: "transcribe" }, traitsOf(api)),
  translation: (api) =>
    transcription.egress[api.shape]?.renderRequest({ ...words, task: "translate" }, traitsOf(api)),
  moderations: (api) =>
    moderations.egress[api.shape]?.renderRequest(
      { model: "m", inputs: [[{ type: "text", text: "x" }]] },
      traitsOf(api),
    ),
};

interface Rendered {
  readonly path: string;
  readonly losses: readonly { readonly isHarmless: boolean }[];
}

function traitsOf({ path, quirks }: ProviderApi) {
  return { path, upstreamModel: "vendor/model", ...(quirks !== undefined && { quirks }) };
}

const members = Object.values<ProviderProfile>(providerProfiles).flatMap((profile) =>
  Object.entries(profile.apis ?? {}).flatMap(([name, api]) => {
    const render = simplest[name as ProviderApiName];
    return render === undefined ? [] : [[profile.type, name, api, render] as const];
  }),
);

describe("what providers say of their APIs", () => {
  test.each(members)(
    "has a shape in which the simplest request can be told: %s, %s",
    (_type, _name, api, render) => {
      const rendered = render(api);
      expect(rendered).toBeDefined();
      expect(rendered?.path).toMatch(/^(?:https:\/\/[a-z0-9.-]+)?\/[^{}?#]+$/);
      expect(rendered?.losses.filter(({ isHarmless }) => !isHarmless)).toEqual([]);
    },
  );

  test("covers the vendors that have such APIs", () => {
    const having = (api: string) => members.flatMap(([type, name]) => (name === api ? [type] : [])).sort();
    expect(having("moderations")).toEqual(["mistral", "openai", "openai-compatible"]);
    expect(having("images")).toEqual(
      expect.arrayContaining([
        "azure-openai",
        "bedrock",
        "deepinfra",
        "fireworks",
        "google",
        "huggingface",
        "nebius",
        "openai",
        "together",
        "vertex",
        "xai",
      ]),
    );
    expect(having("transcription")).toEqual(
      expect.arrayContaining(["deepinfra", "groq", "mistral", "openai"]),
    );
    expect(having("speech")).toEqual(expect.arrayContaining(["google", "groq", "mistral", "openai"]));
  });
});

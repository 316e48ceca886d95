// @ts-nocheck: mistakes on purpose.
import {
  defineGateway,
  demo,
  endpoint,
  fragment,
  json,
  list,
  model,
  optional,
  prompt,
  service,
  tenant,
  trusted,
} from "latchkey/config";
import { z } from "zod";

const local = demo();
const fast = model({ targets: [local("echo")] });
const version = "1.0.0";
const input = z.object({
  text: z.string(),
  language: z.enum(["en", "de"]),
  tags: z.array(z.string()),
  hint: z.string().optional(),
});

const unknownField = endpoint({
  version,
  model: fast,
  input,
  prompt: ({ txt, text, tags }) => [
    prompt.system`Speak ${text}.`,
    prompt.system`About ${txt}.`,
    prompt.user`${list(tags, (tag) => fragment`${tag.name}`)}`,
    prompt.assistant`${tags}`,
  ],
});
const usedAsValue = endpoint({
  version,
  model: fast,
  input,
  prompt: ({ text, language, hint }) => {
    const words = text.split(" ").map((word) => word.trim());
    if (language.startsWith("d")) words.push("and");
    for (const word of words) prompt.user`${word}`;
    return [prompt.system`Speak ${language}: ${`some ${text}`}`, prompt.user`${words.join(", ")} ${hint}`];
  },
});
const holdsNothing = endpoint({
  version,
  model: fast,
  input,
  prompt: ({ text, language, lang }) => [
    prompt.system`In ${text} ${undefined} ${trusted(language)}.`,
    prompt.user`${json("x")} ${optional(lang, (word) => fragment`${word}`)} ${null}`,
  ],
});
const neverEnds = endpoint({
  version,
  model: fast,
  input,
  prompt: ({ text }) => {
    while (text.includes(" ")) prompt.user`${text}`;
    return [prompt.user`${text}`];
  },
});
const throwsAfterwards = endpoint({
  version,
  model: fast,
  input,
  prompt: ({ text }) => [prompt.user`${JSON.parse(text).name}`],
});
const onlySystem = endpoint({
  version,
  model: fast,
  input,
  prompt: ({ langage, text }) => [prompt.system`In ${trusted(langage)}: ${text}`],
});
const team = tenant({ members: { "ops@example.com": "owner" } });
const endpoints = { unknownField, usedAsValue, holdsNothing, neverEnds, throwsAfterwards, onlySystem };
const texts = service({ owner: team, offers: Object.values(endpoints), visibility: "everyone" });

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints,
  services: { texts },
  tenants: { team },
});

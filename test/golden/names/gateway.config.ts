// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const named = (summary: string) => model({ targets: [local("echo")], summary });
const models = {
  "gpt-4.1 mini": named("a space"),
  "meta//llama": named("two slashes"),
  "gpt..4": named("two dots"),
  "/llama/": named("slashes at the ends"),
  "a/.b": named("a part that begins with a dot"),
  "modèle-ß": named("letters that have a Latin form"),
  модель: named("letters that have none"),
};
const answer = () =>
  endpoint({
    version: "1.0.0",
    model: models["gpt..4"],
    input: z.object({ text: z.string() }),
    prompt: ({ text }) => [prompt.user`${text}`],
  });
const endpoints = {
  chat: answer(),
  endpoint: answer(),
  toJSON: answer(),
  // biome-ignore lint/suspicious/noThenProperty: a mistake of this case.
  then: answer(),
  ünï: answer(),
  "gpt-4.1": answer(),
};
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [...Object.values(models), ...Object.values(endpoints)] });

export default defineGateway({
  providers: { "2fast": local },
  models,
  endpoints,
  services: { constructor: texts },
  tenants: { my_team: team },
});

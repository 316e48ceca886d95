import { app, defineGateway, demo, endpoint, key, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";

const local = demo();
const models = {
  "gpt-4.1": model({ targets: [local("echo")] }),
  "claude-sonnet-4.5": model({ targets: [local("echo")] }),
  "meta-llama/Llama-3.1-8B": model({ targets: [local("echo")] }),
  "accounts/fireworks/models/llama-v3p1-8b": model({ targets: [local("echo")] }),
  "llama3:8b": model({ targets: [local("echo")] }),
  my_model: model({ targets: [local("echo")] }),
  "01-ai/Yi-34B": model({ targets: [local("echo")] }),
};
const answer = endpoint({
  version: "1.0.0",
  model: models["meta-llama/Llama-3.1-8B"],
  input: z.object({ text: z.string() }),
  prompt: ({ text }) => [prompt.user`${text}`],
});
const shop = tenant({
  apps: {
    checkout: app({
      uses: () => [texts],
      keys: {
        production: key({
          digest: "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a09",
          scope: { models: [models["gpt-4.1"], models["meta-llama/Llama-3.1-8B"]] },
        }),
      },
    }),
  },
});
const texts = service({ owner: shop, offers: [...Object.values(models), answer] });

export default defineGateway({
  providers: { local },
  models,
  endpoints: { answer },
  services: { texts },
  tenants: { shop },
});

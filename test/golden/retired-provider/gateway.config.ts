import { defineGateway, env, github, model, service, tenant } from "latchkey/config";

const gone = github({ apiKey: env("GITHUB_TOKEN") });
const proxy = github({ apiKey: env("PROXY_TOKEN"), baseUrl: "https://models.example.com/inference" });
const old = model({ targets: [gone("openai/gpt-4.1"), proxy("openai/gpt-4.1")] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [old] });

export default defineGateway({
  providers: { gone, proxy },
  models: { old },
  services: { texts },
  tenants: { team },
});

import { defineGateway, env, model, openai, service, tenant, xai } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const other = openai({ apiKey: env("OTHER_API_KEY") });
const x = xai({ apiKey: env("XAI_API_KEY") });
const gone = model({ targets: [oai("gpt-4")] });
const going = model({ targets: [oai("gpt-5-mini"), other("gpt-5-mini")] });
const old = model({ targets: [oai("gpt-4.1-mini")] });
const current = model({ targets: [oai("gpt-6-luna")] });
const behind = model({ targets: [oai("our-deployment", { baseModel: "o3" })] });
const longGone = model({ targets: [x("grok-beta")] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [gone, going, old, current, behind, longGone] });

export default defineGateway({
  providers: { oai, other, x },
  models: { gone, going, old, current, behind, longGone },
  services: { texts },
  tenants: { team },
});

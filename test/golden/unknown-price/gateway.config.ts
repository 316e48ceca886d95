// @ts-nocheck: a mistake on purpose.
import { defineGateway, env, model, openai, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const fast = model({ targets: [oai("gpt-4o-mini")] });
const same = model({ targets: [oai("gpt-4o-mini"), oai("gpt-4o", { price: { input: "2.5 USD" } })] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast, same] });

export default defineGateway({
  providers: { oai },
  models: { fast, same },
  services: { texts },
  tenants: { team },
});

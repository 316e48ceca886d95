// @ts-nocheck: a mistake on purpose.
import { defineGateway, model, openai, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: "sk-proj-abcdefghijklmnopqrstuvwxyz" });
const other = openai({ apiKey: "OPENAI_API_KEY" });
const third = openai({ apiKey: process.env["OPENAI_API_KEY"] });
const fast = model({ targets: [oai("gpt-6-luna"), other("gpt-6-luna"), third("gpt-6-luna")] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { oai, other, third },
  models: { fast },
  services: { texts },
  tenants: { team },
});

// @ts-nocheck: a mistake on purpose.
import { defineGateway, model, openai, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: "sk-proj-abcdefghijklmnopqrstuvwxyz" });
const other = openai({ apiKey: "OPENAI_API_KEY" });
const third = openai({ apiKey: process.env["OPENAI_API_KEY"] });
const fast = model({ targets: [oai("gpt-4o-mini"), other("gpt-4o-mini"), third("gpt-4o-mini")] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { oai, other, third },
  models: { fast },
  services: { texts },
  tenants: { team },
});

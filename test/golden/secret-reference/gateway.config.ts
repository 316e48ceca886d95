import { defineGateway, env, file, model, openai, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("sk-proj-abcdefghijklmnopqrstuvwxyz") });
const other = openai({ apiKey: file("") });
const price = { input: "1 USD", output: "1 USD" } as const;
const fast = model({ targets: [oai("gpt-6-luna", { price }), other("gpt-6-sol", { price })] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { oai, other },
  models: { fast },
  services: { texts },
  tenants: { team },
});

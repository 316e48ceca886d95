// @ts-nocheck: a mistake on purpose.
import { defineGateway, env, model, openai, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const one = model({ targets: [oai("gpt-6-luna", { price: { input: 1, output: 2 } })] });
const two = model({ targets: [oai("gpt-6-luna", { price: { input: 1.5, output: 2 } })] });
const three = model({ targets: [oai("gpt-6-luna", { price: { input: 0.15, output: 2 } })] });
const four = model({ targets: [oai("gpt-6-luna", { price: { input: 4, output: "4 USD" } })] });
const five = model({ targets: [oai("gpt-6-luna", { price: { input: 5, output: "5 USD" } })] });

const team = tenant({});
const texts = service({ owner: team, offers: [one, two, three, four, five], visibility: "everyone" });

export default defineGateway({
  providers: { oai },
  models: { one, two, three, four, five },
  services: { texts },
  tenants: { team },
});

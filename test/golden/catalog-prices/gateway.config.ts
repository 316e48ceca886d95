import { defineGateway, env, model, openai, service, tenant } from "latchkey/config";

const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const plain = model({ targets: [oai("gpt-6-luna")] });
const dated = model({ targets: [oai("gpt-5.6-sol")] });
const sound = model({ targets: [oai("gpt-audio")] });
const own = model({
  targets: [
    oai("gpt-5.6-luna", {
      price: {
        input: "1 USD",
        output: "2 USD",
        cacheRead: "0.1 USD",
        cacheWrite: "1.25 USD",
        cacheWriteHour: "2 USD",
        reasoning: "3 USD",
        audioInput: "4 USD",
        audioOutput: "5 USD",
        imageInput: "6 USD",
        imageOutput: "7 USD",
        perRequest: "0.005 USD",
      },
      contextWindow: 100_000,
      maxOutputTokens: 5_000,
      lacks: ["images", "audio", "images"],
    }),
  ],
});
const team = tenant({});
const texts = service({ owner: team, offers: [plain, dated, sound, own] });

export default defineGateway({
  providers: { oai },
  models: { plain, dated, sound, own },
  services: { texts },
  tenants: { team },
});

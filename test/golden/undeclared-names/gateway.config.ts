// @ts-nocheck: mistakes on purpose.
import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { answerInput } from "./schemas.ts";
import summary from "./words.md";

const local = demo();
const fast = model({ targets: [locl("echo")] });
const platform = tenent({});
const answer = endpoint({
  version: "1.0.0",
  model: fast,
  input: answerInput,
  prompt: ({ text }) => [prompt.user`${text}`],
});
const texts = service({ summary, owner: platform, offers: [aa], visibility: "everyone" });
const shop = tenant({
  apps: { checkout: app({ uses: [texts], limits: [rate({ requests: 10, per: "1m" })] }) },
});

export default defineGateway({
  providers: { local },
  models: { fast },
  endpoints: { answer },
  services: { texts },
  tenants: { platform, shop },
});

import { defineGateway, env, model, openaiCompatible, service, tenant } from "latchkey/config";

const box = openaiCompatible({
  baseUrl: "http://127.0.0.1:8000/v1",
  apiKey: env("BOX_KEY"),
  headers: {
    "X-Api-Key": "abcdefghijklmnop",
    Authorization: "Bearer abcdefghijklmnop",
    Host: "example.com",
    "bad name": "x",
    "x-lines": "one\r\ntwo",
    "x-twice": "1",
    "X-Twice": "2",
  },
});
const fast = model({ targets: [box("llama", { price: { input: "0 USD", output: "0 USD" } })] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { box },
  models: { fast },
  services: { texts },
  tenants: { team },
});

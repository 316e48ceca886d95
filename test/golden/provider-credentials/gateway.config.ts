// @ts-nocheck: a mistake on purpose.
import {
  azureOpenai,
  bedrock,
  defineGateway,
  env,
  file,
  model,
  service,
  tenant,
  vertex,
  vllm,
} from "latchkey/config";

const region = "eu-central-1";
const place = { project: "my-project", location: "global" };
const a = bedrock({ region });
const b = bedrock({ region, accessKeyId: env("AWS_ACCESS_KEY_ID") });
const c = bedrock({
  region,
  apiKey: env("AWS_BEARER_TOKEN_BEDROCK"),
  secretAccessKey: env("AWS_SECRET_ACCESS_KEY"),
});
const d = bedrock({
  region,
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
});
const e = vertex({ ...place });
const f = vertex({ ...place, credentials: file("google.json"), accessToken: env("GOOGLE_TOKEN") });
const g = vertex({ ...place, credentials: '{"type":"service_account"}' });
const h = vllm();
const i = azureOpenai({ resource: "r" });
const j = azureOpenai({ resource: "r", apiKey: env("KEY"), clientId: env("ID") });
const k = azureOpenai({ resource: "r", tenantId: env("TENANT"), clientId: env("ID"), clientSecret: "words" });
const price = { input: "0 USD", output: "0 USD" } as const;
const fast = model({ targets: [a, b, c, d, e, f, g, h, i, j, k].map((account) => account("x", { price })) });
const team = tenant({});
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { a, b, c, d, e, f, g, h, i, j, k },
  models: { fast },
  services: { texts },
  tenants: { team },
});

// @ts-nocheck: a mistake on purpose.
import {
  anthropic,
  azureOpenai,
  bedrock,
  defineGateway,
  env,
  model,
  openai,
  service,
  tenant,
  vertex,
} from "latchkey/config";

const apiKey = env("API_KEY");
const a = anthropic({ apiKey, headers: { "X-Api-Key": env("OTHER_KEY") } });
const b = azureOpenai({ apiKey, resource: "my-resource", headers: { "api-key": env("OTHER_KEY") } });
const c = openai({ apiKey, organization: "org-1", headers: { "openai-organization": "org-2" } });
const d = bedrock({
  region: "eu-central-1",
  accessKeyId: env("AWS_ACCESS_KEY_ID"),
  secretAccessKey: env("AWS_SECRET_ACCESS_KEY"),
  headers: { "x-amz-date": "20260101T000000Z" },
});
const e = vertex({
  project: "my-project",
  location: "global",
  credentials: env("GOOGLE_CREDENTIALS"),
  headers: { authorization: env("OTHER_KEY") },
});
const f = azureOpenai({
  resource: "my-resource",
  tenantId: env("AZURE_TENANT_ID"),
  clientId: env("AZURE_CLIENT_ID"),
  clientSecret: env("AZURE_CLIENT_SECRET"),
  headers: { Authorization: env("OTHER_KEY"), "api-key": env("FOR_A_PROXY") },
});
const price = { input: "0 USD", output: "0 USD" } as const;
const fast = model({ targets: [a, b, c, d, e, f].map((account) => account("x", { price })) });
const team = tenant({});
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { a, b, c, d, e, f },
  models: { fast },
  services: { texts },
  tenants: { team },
});

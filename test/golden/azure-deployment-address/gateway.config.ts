import { azureOpenai, defineGateway, env, model, service, tenant } from "latchkey/config";

const current = azureOpenai({ resource: "acme", apiKey: env("AZURE_OPENAI_API_KEY") });
const older = azureOpenai({
  baseUrl: "https://acme.openai.azure.com/openai/deployments/chat",
  apiVersion: "2024-10-21",
  apiKey: env("AZURE_OPENAI_API_KEY"),
});
const known = { baseModel: "gpt-4.1" } as const;
const chat = model({ targets: [current("chat", known), older("chat", known)] });
const stated = model({ targets: [older("chat", { ...known, dialect: "openai-responses" })] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [chat, stated] });

export default defineGateway({
  providers: { current, older },
  models: { chat, stated },
  services: { texts },
  tenants: { team },
});

import { azureOpenai, defineGateway, env, model, service, tenant } from "latchkey/config";

const azure = azureOpenai({
  resource: "my-resource",
  tenantId: env("AZURE_TENANT_ID"),
  clientId: env("AZURE_CLIENT_ID"),
  clientSecret: env("AZURE_CLIENT_SECRET"),
});
const fast = model({ targets: [azure("my-deployment", { baseModel: "gpt-5.4" })] });
const team = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: team, offers: [fast], visibility: "everyone" });

export default defineGateway({
  providers: { azure },
  models: { fast },
  services: { texts },
  tenants: { team },
});

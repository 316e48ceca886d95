import { app, backend, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const from = (openapi: string) => backend({ upstreams: ["https://api.example"], openapi });
const missing = from("./missing.yaml");
const broken = from("./broken.yaml");
const swagger = from("./swagger.json");
const wrong = from("./wrong.json");
const team = tenant({ apps: { shop: app({ uses: () => [all] }) } });
const all = service({ owner: team, offers: [fast, missing, broken, swagger, wrong], visibility: "everyone" });

export default defineGateway({
  providers: { local },
  models: { fast },
  backends: { missing, broken, swagger, wrong },
  services: { all },
  tenants: { team },
});

import { app, backend, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const orders = backend({
  upstreams: ["https://orders.example"],
  openapi: "orders.json",
  version: "1.1.0",
  basePath: "/sales",
});
const files = backend({
  upstreams: ["https://files.example"],
  routes: [{ path: "/a/*", methods: ["GET"] }, { path: "/b", methods: ["GET"] }, { path: "/c/{name}" }],
});
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: owners, offers: [fast, orders, files], visibility: "everyone" });
const team = tenant({ apps: { shop: app({ uses: [texts] }) } });

export default defineGateway({
  providers: { local },
  models: { fast },
  backends: { orders, files },
  services: { texts },
  tenants: { owners, team },
});

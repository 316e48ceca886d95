import { app, backend, defineGateway, demo, env, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const upstreams = ["https://orders.example"];
const bare = backend({ upstreams: [], basePath: "/v1/orders" });
const orders = backend({
  upstreams: [
    { url: "https://a.example", weight: 0 },
    { url: "ftp://b.example" },
    "https://c.example",
    "https://c.example",
  ],
  basePath: "/orders",
  routes: [
    { path: "/{id}", methods: ["GET"] },
    { path: "/{name}", methods: ["GET", "GETT" as "GET"] },
    { path: "/a/*/b" },
    { path: "/x", rewrite: "/y/{id}" },
    { path: "orders" },
    { path: "/%2e%2e/admin" },
  ],
  requestHeaders: {
    set: { Host: "x", "x-key": "sk-proj-abcdefghijklmnopqrstuvwxyz0123456789" },
    remove: ["a b"],
  },
  health: { every: "1s", timeout: "5s", status: [500, 200] } as unknown as { path: string },
});
const inside = backend({ upstreams, basePath: "/orders/old/" });
const within = backend({ upstreams, basePath: "/orders/old" });
const checked = backend({ upstreams, validate: "refuse" });
const first = backend({ upstreams, basePath: "/admin2" });
const second = backend({ upstreams, basePath: "/second", routes: [{ path: "/" }], openapi: "./none.json" });
const lost = backend({ upstreams });
const unused = backend({ upstreams, basePath: "/Portal" });
const team = tenant({ apps: { shop: app({ uses: () => [all] }) } });
const all = service({
  owner: team,
  offers: [fast, bare, orders, inside, within, checked, first, second, lost],
  visibility: "everyone",
});
env("X");

export default defineGateway({
  providers: { local },
  models: { fast },
  backends: { bare, orders, inside, within, checked, versions: [first, second], unused },
  services: { all },
  tenants: { team },
});

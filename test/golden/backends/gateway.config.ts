import { app, backend, defineGateway, demo, env, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const orders = backend({
  version: "2.1.0",
  summary: "Orders",
  basePath: "/shop/orders",
  stripPrefix: false,
  upstreams: [
    { url: "https://a.orders.example/api/", weight: 9 },
    { url: "https://b.orders.example", weight: 1, host: "orders.example" },
  ],
  routes: [
    { path: "/", methods: ["GET", "POST"] },
    { path: "/{id}", methods: ["GET"], rewrite: "/v2/{id}" },
    { path: "/files/*", rewrite: "/static/*" },
  ],
  requestHeaders: { set: { "X-Team": "orders", "x-token": env("ORDERS_TOKEN") }, remove: ["Cookie"] },
  responseHeaders: { set: { "x-frame-options": "DENY" }, remove: ["Server"] },
  auth: { header: "X-Api-Key", value: env("ORDERS_KEY") },
  timeouts: { total: "30s" },
  health: { path: "/healthz", every: "5s", status: [200, 204] },
  webSocket: true,
  maxRequestBytes: 1_000_000,
});
const oldOrders = backend({
  status: "deprecated",
  deprecation: { since: "2026-12-01", sunset: "2027-06-30", successor: orders },
  upstreams: ["http://10.0.0.7:8080"],
});
const pets = backend({
  upstreams: ["https://pets.example"],
  openapi: "./pets.yaml",
  auth: { bearer: env("PETS") },
});
const owners = tenant({ apps: { trial: app({ uses: () => [shop] }) } });
const shop = service({ owner: owners, offers: [fast, orders, oldOrders, pets], visibility: "everyone" });

export default defineGateway({
  providers: { local },
  models: { fast },
  backends: { orders: [orders, oldOrders], pets },
  services: { shop },
  tenants: { owners },
});

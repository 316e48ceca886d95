import {
  app,
  approval,
  budget,
  defineGateway,
  demo,
  key,
  model,
  plan,
  rate,
  service,
  tenant,
} from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const owners = tenant({
  members: { "ops@example.com": "owner", "dev@example.com": "developer" },
  limits: [rate({ requests: 600, per: "1m" }), rate({ concurrent: 20 })],
  budget: budget({ limit: "500 USD", per: "month", timeZone: "Europe/Berlin", warnAt: [0.9, 0.5] }),
});
const texts = service({
  owner: owners,
  offers: [fast],
  visibility: "everyone",
  approval: approval.automaticWhen(
    { tenants: ["team"], requestsPerMinuteUpTo: 60 },
    approval.by("owner", { within: "3d" }),
  ),
  plan: plan({ perThousandCalls: "2.00 USD", includedCalls: 1_000 }),
});
const team = tenant({
  apps: {
    shop: app({
      uses: [texts],
      limits: [rate({ tokens: 200_000, per: "1m" })],
      keys: {
        a: key({
          digest: "sha256:ed3405b7814fa63b039021ae0c0e28dca15b7ff3b6cf8718cb878324fe042050",
          networks: ["10.0.0.0/8", "2001:db8::/32"],
        }),
        b: key({
          digest: "sha256:8e786f7eac741257741b81b24575ad0638a77c24f74453e4037e88a4dfdacc27",
          networks: [],
        }),
        c: key({
          digest: "sha256:7780e70a7e04b447e956042bfa28d1c84390b0988f18f17a6db5a596855e367b",
          networks: ["192.0.2.1/32"],
        }),
        d: key({
          digest: "sha256:f063447c18b541144fe401052659c057e3a5e0c64923d6adbf3bde14d1cfd3e4",
          networks: ["0.0.0.0/0"],
        }),
        e: key({
          digest: "sha256:f6548e7d90a92849c41816e22005b872d69493504c3095ac3b3271c6193db275",
          networks: ["::/0"],
        }),
      },
    }),
  },
});

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { owners, team },
});

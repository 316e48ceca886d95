import { app, defineGateway, demo, key, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const owners = tenant({ members: { "ops@example.com": "owner" } });
const texts = service({ owner: owners, offers: [fast], visibility: "everyone" });
const strict = tenant({
  keyPolicy: {
    maxPerApp: 3,
    maxLifetime: "90d",
    environments: ["live", "test"],
    namePattern: "[a-z]+",
    allowUnscoped: false,
    warnBefore: "30d",
  },
  apps: {
    shop: app({
      uses: [texts],
      keys: {
        right: key({
          digest: "sha256:35b1cbd615818c4b6cb2caa3ce7451ed9aa131cf5592547fb36523e42ef951ca",
          environment: "live",
          expires: "2027-01-31",
          scope: { models: [fast], methods: ["POST"], readOnly: false },
        }),
        Right2: key({
          digest: "sha256:a7a015db96ca838258295f390c61f6e771f77ed2c8f0a8394a20ec4235dad762",
          environment: "staging",
        }),
        late: key({
          digest: "sha256:f1d98589a62d3223c0bc34f1b06d1f416bc3b4a3ceb7fb654d7bf72aa5c947ca",
          environment: "test",
          expires: "2027-06-30",
          scope: { readOnly: true },
        }),
        many: key({
          digest: "sha256:22b2facb47c65206448960bf3631482ee046df1f12d0cce1665ff1fa372917d8",
          expires: "2027-01-31",
          scope: { services: [texts] },
        }),
      },
    }),
  },
});
const odd = tenant({
  keyPolicy: { environments: ["Live!"], namePattern: "[a-z", maxLifetime: "1s" },
});

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { owners, strict, odd },
});

import { app, defineGateway, demo, invariant, key, model, service, tenant } from "latchkey/config";

const near = demo({ region: "eu" });
const far = demo({ region: "us", tags: ["cheap"] });
const fast = model({ targets: [near("echo")] });
const wide = model({ targets: [near("echo"), far("echo")] });
const owners = tenant({});
const texts = service({ owner: owners, offers: [fast, wide], visibility: "everyone" });
const contractors = tenant({
  apps: {
    desk: app({
      uses: [texts],
      keys: {
        live: key({ digest: "sha256:35b1cbd615818c4b6cb2caa3ce7451ed9aa131cf5592547fb36523e42ef951ca" }),
        narrow: key({
          digest: "sha256:a7a015db96ca838258295f390c61f6e771f77ed2c8f0a8394a20ec4235dad762",
          scope: { models: [fast] },
        }),
      },
    }),
  },
});

export default defineGateway({
  providers: { near, far },
  models: { fast, wide },
  services: { texts },
  tenants: { owners, contractors },
  invariants: [
    invariant("no contractor leaves the eu", ({ keys }) =>
      keys.every(
        ({ tenant, reach }) =>
          tenant !== "contractors" ||
          reach.models.every(({ targets }) => targets.every(({ region }) => region === "eu")),
      ),
    ),
    invariant(
      "no model is cheap",
      ({ models }) => !models.some(({ targets }) => targets.some(({ tags }) => tags.includes("cheap"))),
    ),
    invariant("every key is narrow", ({ keys }) => keys.filter(({ reach }) => reach.models.length !== 1)),
    invariant("nobody is alone", ({ tenants }) => tenants.length > 2),
  ],
});

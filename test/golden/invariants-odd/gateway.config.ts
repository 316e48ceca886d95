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
    invariant("it throws", ({ keys }) => keys.every(({ networks }) => (networks as string[]).length > 0)),
    invariant("it waits", (async () => true) as unknown as () => boolean),
    invariant("it says nothing", (() => undefined) as unknown as () => boolean),
    invariant("it changes things", ({ models }) => (models as object[]).push({}) > 0),
  ],
});

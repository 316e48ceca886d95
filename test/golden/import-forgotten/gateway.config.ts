// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });
const team = tenant({
  // biome-ignore format: `rate` stands on a line of its own.
  limits: [
    rate({ requests: 600, per: "1m" }),
  ],
});
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

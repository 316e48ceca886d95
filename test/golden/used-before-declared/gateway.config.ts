// @ts-nocheck: a mistake on purpose.
import { app, defineGateway, demo, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

// biome-ignore lint/correctness/noInvalidUseBeforeDeclaration: the mistake of this case.
const team = tenant({ apps: { shop: app({ uses: [texts] }) } });
const texts = service({ owner: team, offers: [fast] });

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { team },
});

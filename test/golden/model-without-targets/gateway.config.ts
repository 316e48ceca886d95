// @ts-nocheck: a mistake on purpose.
import { defineGateway, demo, fallback, model, service, tenant } from "latchkey/config";

const local = demo();
const fast = model({ targets: [local("echo")] });

const team = tenant({ members: { "ops@example.com": "owner" } });

const empty = model({ targets: [] });
const twice = model({ targets: [local("echo"), local("echo")], routing: fallback({ attempts: 5 }) });
const texts = service({ owner: team, offers: [fast, empty, twice] });

export default defineGateway({
  providers: { local },
  models: { fast, empty, twice },
  services: { texts },
  tenants: { team },
});

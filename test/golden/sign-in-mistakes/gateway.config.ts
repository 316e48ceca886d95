import { app, defineGateway, demo, env, model, oidc, service, smtp, tenant, webhook } from "latchkey/config";

const local = demo({ region: "the eu", tags: ["off line"] });
const fast = model({ targets: [local("echo")] });
const platform = tenant({
  members: { "ops@example.com": "owner" },
  groups: { Admins: "admin", admins: "owner", " ": "viewer", people: "ownr" as "owner" },
});
const texts = service({
  owner: platform,
  offers: [fast],
  visibility: "everyone",
  trial: "1s",
  contact: "ask Bob",
});
const shop = tenant({ apps: { checkout: app({ uses: [texts] }) } });
const forgotten = tenant({});
const corp = oidc({
  name: "corp",
  issuer: "http://login.example.com",
  clientId: "latchkey",
  clientSecret: env("OIDC_SECRET"),
  allowedDomains: ["@Example.com"],
});
const again = oidc({
  name: "Corp",
  issuer: "login.example.com",
  clientId: "latchkey",
  clientSecret: env("OIDC_SECRET"),
});
const secret = env("HOOK_SECRET");

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { platform, shop },
  publicUrl: "https://ai.example.com/gateway",
  trustedProxies: ["10.0.0.1/8", "proxy.example.com"],
  operators: ["root"],
  signIn: { oidc: [corp, again], session: "30m" },
  webhooks: {
    plain: webhook({ url: "http://chat.example.com/hooks", secret }),
    inside: webhook({ url: "https://[::1]/hooks", secret }),
    cloud: webhook({
      url: "http://169.254.169.254/latest",
      secret,
      events: ["subscriptions.*", "key.Revoked"],
    }),
    theirs: webhook({ url: "https://user:word@chat.example.com", secret, tenant: forgotten }),
  },
  email: smtp({ host: "smtp://smtp.example.com", user: env("SMTP_USER"), from: "Latchkey" }),
});

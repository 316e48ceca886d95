import { app, defineGateway, demo, env, model, oidc, service, smtp, tenant, webhook } from "latchkey/config";

const local = demo({ region: "eu", tags: ["offline"] });
const fast = model({ targets: [local("echo")] });
const platform = tenant({
  members: { "ops@example.com": "owner" },
  groups: { "platform-admins": "admin", everybody: "viewer" },
});
const texts = service({
  owner: platform,
  offers: [fast],
  visibility: "everyone",
  trial: "14d",
  subscriptionFor: "52w",
  contact: "texts@example.com",
});
const shop = tenant({ apps: { checkout: app({ uses: [texts] }) } });
const corp = oidc({
  name: "corp",
  issuer: "https://login.example.com/",
  clientId: "latchkey",
  clientSecret: env("OIDC_SECRET"),
  allowedDomains: ["example.com"],
});

export default defineGateway({
  providers: { local },
  models: { fast },
  services: { texts },
  tenants: { platform, shop },
  publicUrl: "https://ai.example.com/",
  trustedProxies: ["10.0.0.0/8", "2001:db8::/32"],
  operators: ["root@example.com"],
  signIn: { oidc: [corp], session: "8h" },
  webhooks: {
    all: webhook({ url: "https://chat.example.com/hooks?room=1", secret: env("HOOK_SECRET") }),
    inside: webhook({
      url: "http://10.0.0.7/hooks",
      secret: env("HOOK_SECRET"),
      events: ["subscription.*", "key.revoked"],
      allowPrivate: true,
      tenant: shop,
    }),
  },
  email: smtp({
    host: "smtp.example.com",
    user: env("SMTP_USER"),
    password: env("SMTP_PASSWORD"),
    from: "Latchkey <gateway@example.com>",
  }),
});

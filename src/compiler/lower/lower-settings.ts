import type {
  ArtifactSettings,
  ArtifactSignIn,
  ArtifactSmtp,
  ArtifactWebhook,
} from "../../artifact/artifact.ts";
import { assert } from "../../kernel/assert.ts";
import type { PromptedConfig } from "../passes/check-endpoints.ts";
import { defaultSessions, defaultSizes, defaultTimeouts } from "../passes/defaults.ts";

/** Settings of the gateway with the defaults filled in. */
export function lowerSettings(config: PromptedConfig): ArtifactSettings {
  const { http, timeouts, publicUrl, trustedProxies = [], operators = [], email } = config.gateway;
  return {
    maxRequestBytes: http?.maxRequestBytes ?? defaultSizes.maxRequestBytes,
    maxResponseBytes: http?.maxResponseBytes ?? defaultSizes.maxResponseBytes,
    requestTimeoutMs: timeouts?.request ?? defaultTimeouts.request,
    ...(http?.passVendorIds === true && { passVendorIds: true }),
    publicUrl: publicUrl ?? null,
    trustedProxies: [...trustedProxies],
    operators: [...new Set(operators)],
    signIn: lowerSignIn(config),
    webhooks: lowerWebhooks(config),
    smtp: email === undefined ? null : lowerSmtp(config, email),
  };
}

function lowerSignIn({ gateway, oidc }: PromptedConfig): ArtifactSignIn {
  const { oidc: ids = [], link, session, idle } = gateway.signIn ?? {};
  const providers = ids.map((id) => {
    const read = oidc.get(id);
    assert(read, "an identity provider was not read");
    const { name, issuer, clientId, clientSecret, allowedDomains } = read;
    const { scopes = ["openid", "email", "profile"], groupsClaim = "groups" } = read;
    assert(name && issuer && clientId !== undefined && clientSecret, "an identity provider was not read");
    return {
      name,
      issuer,
      clientId,
      clientSecret,
      scopes: [...new Set(["openid", ...scopes])],
      groupsClaim,
      allowedDomains: allowedDomains === undefined ? null : [...allowedDomains],
    };
  });
  const sessionMs = session ?? Math.max(defaultSessions.sessionMs, idle ?? 0);
  return {
    oidc: providers,
    link: link ?? providers.length === 0,
    sessionMs,
    idleMs: idle ?? Math.min(defaultSessions.idleMs, sessionMs),
  };
}

function lowerWebhooks({ tables, tableIds }: PromptedConfig): ArtifactWebhook[] {
  return tables.webhooks.map(({ name, options }) => {
    const { url, secret, events = ["*"], allowPrivate = false, tenant } = options;
    assert(url !== undefined && secret !== undefined, "a webhook was not read");
    return {
      name,
      url,
      secret,
      events: [...new Set(events)],
      allowPrivate,
      tenant: tenant === undefined ? null : (tableIds.get(tenant) ?? null),
    };
  });
}

const DEFAULT_PORTS = { tls: 465, starttls: 587, none: 25 } as const;

function lowerSmtp({ smtp }: PromptedConfig, id: number): ArtifactSmtp {
  const { host, port, secure = "starttls", user = null, password = null, from } = smtp.get(id) ?? {};
  assert(host !== undefined && from !== undefined, "an e-mail server was not read");
  return { host, port: port ?? DEFAULT_PORTS[secure], secure, user, password, from };
}

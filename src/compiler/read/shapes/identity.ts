import { declarationOf, flag, listOf, text, wholeNumber } from "../reader.ts";
import { secret } from "../secret.ts";
import { optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration, oneOf } from "../values.ts";
import { webAddress } from "../web-address.ts";
import { domain, eventPattern, hostName, sender, tagWord } from "../words.ts";

const YEAR_MS = 366 * 86_400_000;
const MINUTE_MS = 60_000;

/** Options of an identity provider. */
export const oidcShape = {
  name: required(tagWord),
  issuer: required(webAddress({ http: "loopback", exact: true })),
  clientId: required(text),
  clientSecret: required(secret),
  scopes: optional(listOf(text)),
  groupsClaim: optional(text),
  allowedDomains: optional(listOf(domain)),
} satisfies Shape;

/** How members sign in. */
export const signInShape = {
  oidc: optional(listOf(declarationOf("oidc"))),
  link: optional(flag),
  session: optional(duration(MINUTE_MS, YEAR_MS)),
  idle: optional(duration(MINUTE_MS, YEAR_MS)),
} satisfies Shape;

/** Options of a webhook. Whether its address may be that of a private network is checked by a pass. */
export const webhookShape = {
  url: required(webAddress({ http: "anywhere", query: true })),
  secret: required(secret),
  events: optional(listOf(eventPattern)),
  allowPrivate: optional(flag),
  tenant: optional(declarationOf("tenant")),
} satisfies Shape;

/** Options of an e-mail server. */
export const smtpShape = {
  host: required(hostName),
  port: optional(wholeNumber(1, 65_535)),
  secure: optional(oneOf(["tls", "starttls", "none"])),
  user: optional(secret),
  password: optional(secret),
  from: required(sender),
} satisfies Shape;

export type ReadOidc = Shaped<typeof oidcShape>;
export type ReadWebhook = Shaped<typeof webhookShape>;
export type ReadSmtp = Shaped<typeof smtpShape>;

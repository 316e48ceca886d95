import { z } from "zod";
import { countSchema, idSchema } from "./policy.ts";
import { secretRefSchema } from "./secret.ts";

/** A provider of identities that speaks OpenID Connect. */
export const oidcSchema = z.strictObject({
  name: z.string(),
  /** As its documents name it; a slash at its end counts. */
  issuer: z.string(),
  clientId: z.string(),
  clientSecret: secretRefSchema,
  scopes: z.array(z.string()),
  /** Claim that lists the groups of a person. */
  groupsClaim: z.string(),
  /** Domains of addresses that may sign in; null: any, empty: none. */
  allowedDomains: z.array(z.string()).nullable(),
});

/** How people sign in. */
export const signInSchema = z.strictObject({
  oidc: z.array(oidcSchema),
  /** Whether one-time links that the command line prints sign people in. */
  link: z.boolean(),
  /** Milliseconds that a session lasts at most, and without a request. */
  sessionMs: countSchema,
  idleMs: countSchema,
});

/** A receiver of events over HTTP. */
export const webhookSchema = z.strictObject({
  name: z.string(),
  url: z.string(),
  /** Signs each event. */
  secret: secretRefSchema,
  /** Names of events, or patterns such as `subscription.*`. */
  events: z.array(z.string()),
  /** Whether the address may be a private one. */
  allowPrivate: z.boolean(),
  /** Whose events it gets; null: those of all tenants. */
  tenant: idSchema.nullable(),
});

/** A server that takes e-mail. */
export const smtpSchema = z.strictObject({
  host: z.string(),
  port: z.number().int().min(1).max(65_535),
  secure: z.enum(["tls", "starttls", "none"]),
  user: secretRefSchema.nullable(),
  password: secretRefSchema.nullable(),
  from: z.string(),
});

/** What holds for the whole gateway. */
export const settingsSchema = z.strictObject({
  maxRequestBytes: countSchema,
  maxResponseBytes: countSchema,
  requestTimeoutMs: countSchema,
  /** Whether callers may name what a vendor keeps that they were not told of by this gateway. */
  passVendorIds: z.literal(true).optional(),
  /** Where people and callers reach the gateway, without a slash at its end; null: where it listens. */
  publicUrl: z.string().nullable(),
  /** CIDR networks of proxies whose `Forwarded` headers are believed. */
  trustedProxies: z.array(z.string()),
  /** Addresses of platform operators. */
  operators: z.array(z.string()),
  signIn: signInSchema,
  webhooks: z.array(webhookSchema),
  /** Null: no e-mail is sent. */
  smtp: smtpSchema.nullable(),
});

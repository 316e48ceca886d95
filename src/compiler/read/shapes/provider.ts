import { profileAt } from "../../../catalog/provider-address.ts";
import type {
  AddressOptionName,
  HeaderOptionName,
  ProviderProfile,
} from "../../../catalog/provider-profile.ts";
import { type HttpProviderType, providerProfiles } from "../../../catalog/providers/index.ts";
import type { GraphFields } from "../../evaluate/graph.ts";
import { headerText, hostLabel } from "../address-option.ts";
import { baseUrl } from "../base-url.ts";
import { flag, listOf, recordOf, wholeNumber } from "../reader.ts";
import { headerValue, secret } from "../secret.ts";
import { type Option, objectOf, optional, required, type Shape, type Shaped } from "../shape.ts";
import { duration } from "../values.ts";
import { tagWord } from "../words.ts";
import { credentialWays } from "./credential-ways.ts";
import { serverQuirks } from "./server-quirks.ts";

/** Types of providers that this version can reach. */
export type ProviderType = HttpProviderType | "demo";

/** Time limits of upstream calls. */
export const upstreamTimeouts = {
  connect: optional(duration(1)),
  firstToken: optional(duration(1)),
  idle: optional(duration(1)),
  total: optional(duration(1)),
} satisfies Shape;

/** Where a provider computes, in words of the config's own. */
const placeOptions = {
  region: optional(tagWord),
  tags: optional(listOf(tagWord)),
} satisfies Shape;

const httpOptions = {
  baseUrl: optional(baseUrl),
  headers: optional(recordOf(headerValue)),
  maxConnections: optional(wholeNumber(1, 65_535)),
  timeouts: optional(objectOf(upstreamTimeouts)),
} satisfies Shape;

/** Options that describe how a server departs from the dialect that it speaks. */
const serverOptions = {
  streamUsage: optional(flag),
  quirks: optional(objectOf(serverQuirks)),
} satisfies Shape;

const credentialOptions = {
  apiKey: optional(secret),
  accessKeyId: optional(secret),
  secretAccessKey: optional(secret),
  sessionToken: optional(secret),
  credentials: optional(secret),
  accessToken: optional(secret),
  tenantId: optional(secret),
  clientId: optional(secret),
  clientSecret: optional(secret),
} satisfies Shape;

/** An option that carries a credential or a part of one. */
export type CredentialOption = keyof typeof credentialOptions;

/** Every option that a provider may have. */
export type ReadProvider = Partial<
  Shaped<typeof placeOptions & typeof httpOptions & typeof serverOptions & typeof credentialOptions> &
    Readonly<Record<AddressOptionName | HeaderOptionName, string>>
>;

/** A provider's options and its type. */
export type DeclaredProvider = ReadProvider & { readonly type: ProviderType };

/** What is known of a provider type; undefined for the one that is built in. */
export function profileOf(type: ProviderType): ProviderProfile | undefined {
  return type === "demo" ? undefined : providerProfiles[type];
}

/** What is known of a provider at its address; undefined for the one that is built in. */
export function profileOfProvider({
  type,
  baseUrl: own,
}: Pick<DeclaredProvider, "type" | "baseUrl">): ProviderProfile | undefined {
  const profile = profileOf(type);
  return profile === undefined ? undefined : profileAt(profile, own);
}

/** Options of a provider. An address of the config's own makes those unnecessary that only stand in the usual one. */
export function providerShape(type: ProviderType, written: GraphFields): Shape {
  const profile = profileOf(type);
  if (profile === undefined) return placeOptions;
  return {
    ...placeOptions,
    ...credentialShape(profile),
    ...addressShape(profile, Object.hasOwn(written, "baseUrl")),
    ...Object.fromEntries((profile.headerOptions ?? []).map(({ name }) => [name, optional(headerText)])),
    ...(profile.baseUrl === null ? serverOptions : {}),
    ...httpOptions,
    ...(profile.baseUrl === null ? { baseUrl: required(baseUrl, 'write `baseUrl: "https://…/v1"`') } : {}),
  };
}

function credentialShape({ auth, keyVariable }: ProviderProfile): Shape {
  const ways = credentialWays[auth.kind];
  if (auth.kind === "bearer" || auth.kind === "header") {
    return { apiKey: required(secret, `write \`apiKey: env(${JSON.stringify(keyVariable)})\``) };
  }
  const names = ways.flatMap(({ needs, may = [] }) => [...needs, ...may]);
  return Object.fromEntries(names.map((name) => [name, credentialOptions[name]]));
}

function addressShape({ options = [] }: ProviderProfile, hasOwnAddress: boolean): Shape {
  return Object.fromEntries(
    options.map(({ name, meaning, example, always, optional: isOptional }): [string, Option<string>] => {
      const needed = isOptional !== true && (always === true || !hasOwnAddress);
      const hint = `write \`${name}: ${JSON.stringify(example)}\`, the ${meaning}`;
      return [name, needed ? required(hostLabel, hint) : optional(hostLabel)];
    }),
  );
}

import { isIPv4, isIPv6 } from "node:net";
import type { StringFormat } from "./formats.ts";
import type { Random } from "./random.ts";

const names = ["ada", "ben", "cleo", "dora", "emil", "finn", "grete", "hugo"];
/** Domains that nobody owns. Source: https://www.rfc-editor.org/rfc/rfc2606 */
const hosts = ["example.com", "example.net", "example.org", "shop.example.com", "docs.example.org"];

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`, "i");
const EMAIL = new RegExp(
  `^[a-z0-9!#$%&'*+/=?^_\`{|}~-]+(?:\\.[a-z0-9!#$%&'*+/=?^_\`{|}~-]+)*@${LABEL}(?:\\.${LABEL})+$`,
  "i",
);
const URI = /^[a-z][a-z0-9+.-]*:[!#$&-;=?-[\]_a-z~%]+$/i;
const URI_REFERENCE = /^[!#$&-;=?-[\]_a-z~%]*$/i;

const makeEmail = (random: Random): string =>
  `${random.pick(names)}${random.below(100)}@${random.pick(hosts)}`;
const makeUri = (random: Random): string =>
  `https://${random.pick(hosts)}/${random.pick(names)}/${random.below(1000)}`;
const group = (random: Random): string => random.below(0xffff).toString(16);

/** Formats of addresses of all kinds; those that are made are reserved for examples. */
export const addressFormats: Readonly<Record<string, StringFormat>> = {
  email: { make: makeEmail, matches: (text) => EMAIL.test(text) },
  "idn-email": { make: makeEmail, matches: (text) => EMAIL.test(text) },
  hostname: { make: (random) => random.pick(hosts), matches: (text) => HOST.test(text) },
  "idn-hostname": { make: (random) => random.pick(hosts), matches: (text) => HOST.test(text) },
  ipv4: { make: (random) => `192.0.2.${random.below(256)}`, matches: isIPv4 },
  ipv6: { make: (random) => `2001:db8::${group(random)}:${group(random)}`, matches: isIPv6 },
  uri: { make: makeUri, matches: (text) => URI.test(text) },
  iri: { make: makeUri, matches: (text) => URI.test(text) },
  url: { make: makeUri, matches: (text) => URI.test(text) },
  "uri-reference": { make: makeUri, matches: (text) => URI_REFERENCE.test(text) },
  "iri-reference": { make: makeUri, matches: (text) => URI_REFERENCE.test(text) },
};

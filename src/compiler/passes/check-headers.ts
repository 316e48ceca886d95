import { type DeclaredProvider, profileOf } from "../read/shapes/provider.ts";
import type { Report } from "../report.ts";
import { mayBeSecret } from "../secrets/may-be-secret.ts";

/** Characters of a field name: RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible ASCII with single spaces and tabs between: what every server reads alike. */
const VALUE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;
/** Set by the gateway for each call, or bound to one connection (RFC 9110, section 7.6.1). */
const OWN = new Set(
  "host connection keep-alive te trailer transfer-encoding upgrade proxy-authorization proxy-authenticate proxy-connection content-length content-type content-encoding accept accept-encoding expect".split(
    " ",
  ),
);
const SECRET_NAME =
  /^(?:authorization|cookie)$|(?:^|[-_])(?:api-?key|token|secret|password|credentials?)(?:$|[-_])/i;

/** Sent with a signature of AWS, besides `authorization`. */
const SIGNED = ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token"];

const useReference = 'write `env("NAME_OF_THE_VARIABLE")`';

/** Checks the headers that are sent with every call to a provider. */
export function checkHeaders(id: number, options: DeclaredProvider, report: Report): void {
  const seen = new Map<string, string>();
  const sent = sentByOptions(options);
  for (const [name, value] of options.headers ?? []) {
    const at = { declaration: id, path: ["headers", name] };
    const lower = name.toLowerCase();
    const quoted = JSON.stringify(name);
    const known = seen.get(lower);
    if (!TOKEN.test(name)) report.add("LK1312", `${quoted} is no name of a header`, { at, part: "key" });
    else if (OWN.has(lower))
      report.add("LK1312", `the gateway sets the header ${quoted} itself`, { at, part: "key" });
    else if (typeof value === "string" && SECRET_NAME.test(name)) {
      report.add("LK1313", `the header ${quoted} carries a secret; it takes a secret reference`, {
        at,
        secret: true,
        suggestion: useReference,
      });
    } else if (typeof value === "string" && mayBeSecret(value)) {
      const message = `the value of the header ${quoted} looks like a credential; it takes a secret reference`;
      report.add("LK1313", message, { at, secret: true, suggestion: useReference });
    } else if (known !== undefined) {
      report.add("LK1312", `${quoted} and ${JSON.stringify(known)} are the same header`, { at, part: "key" });
    } else if (sent.has(lower)) {
      report.add("LK1312", `${sent.get(lower)} is already sent as the header ${lower}`, { at, part: "key" });
    } else if (typeof value === "string" && !VALUE.test(value)) {
      report.add("LK1312", `the value of the header ${quoted} is not one line of ASCII text`, { at });
    }
    seen.set(lower, name);
  }
}

/** Headers that options are sent as, by their names in lower case. */
function sentByOptions(options: DeclaredProvider): ReadonlyMap<string, string> {
  const profile = profileOf(options.type);
  const { apiKey, accessToken, credentials, accessKeyId, clientSecret } = options;
  const tokens = { apiKey, accessToken, credentials, accessKeyId, clientSecret };
  const [token] = Object.entries(tokens).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const auth = profile?.auth;
  const header = apiKey !== undefined && auth && "name" in auth ? auth.name : "authorization";
  const named = (profile?.headerOptions ?? []).filter(({ name }) => options[name] !== undefined);
  return new Map([
    ...(token === undefined ? [] : [[header, token] as const]),
    ...(token === "accessKeyId" ? SIGNED.map((name) => [name, token] as const) : []),
    ...named.map(({ name, header: sentAs }) => [sentAs.toLowerCase(), name] as const),
  ]);
}

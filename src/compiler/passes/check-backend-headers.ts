import type { ReadBackend } from "../read/shapes/backend.ts";
import type { Report } from "../report.ts";
import { mayBeSecret } from "../secrets/may-be-secret.ts";

/** Characters of a field name: RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Visible ASCII with single spaces and tabs between. */
const VALUE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;
/** Bound to one connection (RFC 9110, section 7.6.1), or decided by the gateway for each message. */
const OWN = new Set(
  "host connection keep-alive te trailer transfer-encoding upgrade proxy-authorization proxy-authenticate proxy-connection content-length expect".split(
    " ",
  ),
);

/** Checks the headers that a backend sets and removes on the way, and the one that carries its credential. */
export function checkBackendHeaders(
  id: number,
  { requestHeaders, responseHeaders, auth }: ReadBackend,
  report: Report,
): void {
  for (const [side, changes] of Object.entries({ requestHeaders, responseHeaders })) {
    for (const [name, value] of changes?.set ?? []) {
      const at = { declaration: id, path: [side, "set", name] };
      const problem = nameProblem(name);
      if (problem !== undefined) report.add("LK1312", problem, { at, part: "key" });
      else if (typeof value === "string") checkValue(name, value, at, report);
    }
    changes?.remove?.forEach((name, index) => {
      const problem = nameProblem(name);
      if (problem === undefined) return;
      report.add("LK1312", problem, { at: { declaration: id, path: [side, "remove", index] } });
    });
  }
  const problem = auth?.header === undefined ? undefined : nameProblem(auth.header);
  if (problem !== undefined)
    report.add("LK1312", problem, { at: { declaration: id, path: ["auth", "header"] } });
}

function nameProblem(name: string): string | undefined {
  const quoted = JSON.stringify(name);
  if (!TOKEN.test(name)) return `${quoted} is no name of a header`;
  return OWN.has(name.toLowerCase()) ? `the gateway sets the header ${quoted} itself` : undefined;
}

function checkValue(
  name: string,
  value: string,
  at: { readonly declaration: number; readonly path: readonly string[] },
  report: Report,
): void {
  const quoted = JSON.stringify(name);
  if (mayBeSecret(value)) {
    const message = `the value of the header ${quoted} looks like a credential; it takes a secret reference`;
    report.add("LK1313", message, { at, secret: true, suggestion: 'write `env("NAME_OF_THE_VARIABLE")`' });
  } else if (value !== "" && !VALUE.test(value))
    report.add("LK1312", `the value of the header ${quoted} is not one line of ASCII text`, { at });
}

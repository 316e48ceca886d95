import { isPrivateHost } from "./private-host.ts";
import { lastName, type Reader, text } from "./reader.ts";

/** What a URL may be beside https. */
interface AddressRule {
  /** Where http is taken: at loopback, as for a provider on a laptop, or anywhere. */
  readonly http: "loopback" | "anywhere";
  /** Whether a query may stand in it. */
  readonly query?: boolean;
  /** Whether a slash at its end counts: issuers are compared as they are written. */
  readonly exact?: boolean;
  /** Whether it is an origin alone. */
  readonly originOnly?: boolean;
}

/** A URL without credentials, and without a slash at its end unless that counts. What is wrong is said without repeating it. */
export function webAddress(rule: AddressRule): Reader<string> {
  return (value, at, context) => {
    const written = text(value, at, context);
    if (written === undefined) return undefined;
    const problem = problemOf(written, rule);
    if (problem === undefined) return rule.exact === true ? written : written.replace(/\/+$/, "");
    const isBare = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/[\w./-]*)?$/.test(written);
    context.report.add("LK1322", `${lastName(at)} ${problem}`, {
      at,
      ...(/[?@]/.test(written) ? { secret: true } : {}),
      ...(isBare ? { suggestion: `write "https://${written}"` } : {}),
    });
    return undefined;
  };
}

function problemOf(written: string, { http, query, originOnly }: AddressRule): string | undefined {
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol))
    return http === "anywhere" ? "is no http or https URL" : "is no https URL";
  if (!/^[!-[\]-~]+$/.test(written)) return "holds white space, a back-slash or letters beyond ASCII";
  if (url.username !== "" || url.password !== "") return "holds credentials";
  if (url.protocol === "http:" && http === "loopback" && !isPrivateHost(url.hostname, "loopback"))
    return "is an http URL; it takes https, and http for this machine alone";
  if (url.hash !== "" || written.includes("#")) return "holds a fragment";
  if (query !== true && written.includes("?")) return "holds a query";
  if (originOnly === true && url.pathname !== "/") return "holds a path; it takes scheme, host and port";
  return undefined;
}

import { lastName, type Reader } from "./reader.ts";
import { providerText } from "./secret.ts";

/** One label of a host name (RFC 1123, 2.1): it cannot end the part of a URL that it stands in. */
const LABEL = /^[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?$/;

/** Visible ASCII with single spaces and tabs between: what every server reads alike. */
const LINE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;

/** An option that becomes part of a provider's URL: letters, digits and dashes only. */
export const hostLabel: Reader<string> = (value, at, context) => {
  const written = providerText(value, at, context);
  if (written === undefined || LABEL.test(written)) return written;
  const meant = labelIn(written);
  context.report.add("LK1320", `${lastName(at)} may hold letters, digits and dashes only`, {
    at,
    ...(meant === undefined ? {} : { suggestion: `write "${meant}"` }),
  });
  return undefined;
};

/** An option that is sent as a header. */
export const headerText: Reader<string> = (value, at, context) => {
  const written = providerText(value, at, context);
  if (written === undefined || LINE.test(written)) return written;
  context.report.add("LK1312", `${lastName(at)} is sent as a header; it takes one line of ASCII text`, {
    at,
  });
  return undefined;
};

/** The label that was meant by a whole address, or by a text with white space around it. */
function labelIn(written: string): string | undefined {
  const host = URL.parse(written)?.hostname ?? written.trim();
  const [label = ""] = host.split(".");
  return LABEL.test(label) ? label : undefined;
}

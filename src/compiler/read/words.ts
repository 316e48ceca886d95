import { isKeyEnvironment } from "../../kernel/api-key.ts";
import { suggest } from "../suggest.ts";
import { lastName, type Reader, text } from "./reader.ts";

/** Environment of keys: it is part of their text. */
export const environmentName: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined || isKeyEnvironment(written)) return written;
  const meant = written.toLowerCase().replace(/[^a-z0-9]/g, "");
  context.report.add("LK1326", `${lastName(at)} is no environment: 1 to 16 lower-case letters or digits`, {
    at,
    ...(isKeyEnvironment(meant) ? { suggestion: `write "${meant}"` } : {}),
  });
  return undefined;
};

/** A short word of the config's own, such as a tag: letters, digits, dots, dashes and underscores. */
export const tagWord: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined || /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(written)) return written;
  const problem = "takes up to 63 letters, digits, dots, dashes and underscores";
  context.report.add("LK1326", `${lastName(at)} ${problem}`, { at });
  return undefined;
};

/** An e-mail address. */
export const mailAddress: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined || isMailAddress(written)) return written;
  context.report.add("LK1316", `${JSON.stringify(written)} is no e-mail address`, { at });
  return undefined;
};

/** Address of a sender, alone or after a name in the form of RFC 5322, section 3.4. */
export const sender: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  const address = /^[^<>\r\n"]*<([^<>]+)>$/.exec(written)?.[1] ?? written;
  if (isMailAddress(address)) return written;
  context.report.add("LK1316", `${lastName(at)} holds no e-mail address`, { at });
  return undefined;
};

/** Whether a text is an e-mail address, as far as that can be told without sending one. */
export function isMailAddress(written: string): boolean {
  return /^[^\s@<>"]{1,64}@[^\s@<>"]{1,255}$/.test(written);
}

/** An e-mail address or a URL. */
export const contact: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  if (isMailAddress(written) || /^https?:\/\/[!-~]+$/.test(written)) return written;
  context.report.add("LK1316", `${lastName(at)} is neither an e-mail address nor a URL`, { at });
  return undefined;
};

/** A domain of e-mail addresses. */
export const domain: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined || /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(written))
    return written;
  const meant = written.toLowerCase().replace(/^.*@/, "").trim();
  const isMeant = /^[a-z0-9.-]+\.[a-z]{2,63}$/.test(meant);
  context.report.add("LK1326", `${lastName(at)} is no domain`, {
    at,
    ...(isMeant ? { suggestion: `write "${meant}"` } : {}),
  });
  return undefined;
};

const SUBJECTS = ["subscription", "key", "deploy", "budget", "health", "delivery", "tenant"] as const;

/** The name of an event, or a pattern: everything, or all events of one subject. */
export const eventPattern: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined || written === "*") return written;
  const [, subject] = /^([a-z]+)\.(?:\*|[a-z]+(?:-[a-z]+)*)$/.exec(written) ?? [];
  if (SUBJECTS.some((known) => known === subject)) return written;
  const meant = suggest(subject ?? written, SUBJECTS);
  context.report.add(
    "LK1325",
    `${lastName(at)} is no event: ${SUBJECTS.join(", ")}, and after a dot what happened`,
    {
      at,
      ...(meant === undefined ? {} : { suggestion: `did you mean "${meant}.*"?` }),
    },
  );
  return undefined;
};

/** A regular expression that a whole text has to match. */
export const pattern: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  try {
    new RegExp(`^(?:${written})$`, "u");
    return written;
  } catch {
    context.report.add("LK1324", `${lastName(at)} is no regular expression`, { at });
    return undefined;
  }
};

/** The host of a server: a name or an IP address. */
export const hostName: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined || /^[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,253})$/.test(written)) return written;
  context.report.add("LK1326", `${lastName(at)} is no host: a name or an address, without scheme and path`, {
    at,
  });
  return undefined;
};

import { holdsCredential } from "../secrets/credential-shapes.ts";
import { mayBeSecret } from "../secrets/may-be-secret.ts";
import { lastName, type Reader, text } from "./reader.ts";

/** Paths of requests, which the gateway adds. */
const REQUEST_PATH = /(\/(?:chat\/completions|responses|messages|embeddings|api\/chat))\/*$/;

/** An http or https URL, without a slash at its end. What is wrong is said without repeating it. */
export const baseUrl: Reader<string> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  if (holdsSecret(written)) {
    context.report.add("LK1313", `${lastName(at)} holds a credential`, {
      at,
      secret: true,
      suggestion: 'leave it out and write `apiKey: env("NAME_OF_THE_VARIABLE")`, or a header with `env(…)`',
    });
    return undefined;
  }
  const { problem, meant } = judge(written);
  if (problem === undefined) return written.replace(/\/+$/, "");
  context.report.add("LK1311", `${lastName(at)} ${problem}`, {
    at,
    ...(/[?@]/.test(written) ? { secret: true } : {}),
    ...(meant === undefined ? {} : { suggestion: `write "${meant}"` }),
  });
  return undefined;
};

/** Beside the user part, of which more can be said. Ids of accounts stand in paths and look random. */
function holdsSecret(written: string): boolean {
  const address = written.replace(/\/\/[^/?#@]*@/, "//");
  return holdsCredential(address) || mayBeSecret(address.split("?").slice(1).join("?"));
}

function judge(written: string): { readonly problem?: string; readonly meant?: string } {
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const meant = /^[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:\/[\w./-]*)?$/.test(written)
      ? `https://${written}`
      : undefined;
    return { problem: "is no http or https URL", ...(meant === undefined ? {} : { meant }) };
  }
  if (url.username !== "" || url.password !== "") return { problem: "holds credentials; use apiKey" };
  if (url.search !== "" || written.includes("?")) return { problem: "holds a query" };
  if (url.hash !== "" || written.includes("#")) return { problem: "holds a fragment" };
  if (!/^[!-[\]-~]+$/.test(written))
    return { problem: "holds white space, a back-slash or letters beyond ASCII" };
  const [end = "", path] = REQUEST_PATH.exec(written) ?? [];
  if (path === undefined) return {};
  return { problem: `must end before ${path}`, meant: written.slice(0, written.length - end.length) };
}

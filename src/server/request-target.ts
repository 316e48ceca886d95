import type { RequestTarget } from "../runtime/pipeline.ts";

/**
 * Path and query of a request. `Request.url` has its path resolved already (`/a/../b` is `/b` there); where the
 * `Host` header is empty or no host at all it lacks the origin, and the answer is `undefined`: such a request is
 * refused, since parts of its path could be taken for the host. So is one that names two hosts (RFC 9112, 3.2), which
 * come joined by a comma.
 */
export function requestTarget({ headers, url }: Request): RequestTarget | undefined {
  if (headers.get("host")?.includes(",") === true) return undefined;
  const scheme = url.indexOf("://");
  if (scheme < 0 || scheme > 5) return undefined;
  const start = url.indexOf("/", scheme + 3);
  if (start < 0) return { path: "/", query: "" };
  const mark = url.indexOf("?", start);
  if (mark < 0) return { path: withoutFragment(url.slice(start)), query: "" };
  return { path: url.slice(start, mark), query: withoutFragment(url.slice(mark + 1)) };
}

function withoutFragment(text: string): string {
  const hash = text.indexOf("#");
  return hash < 0 ? text : text.slice(0, hash);
}

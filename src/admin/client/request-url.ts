import type { AdminRoute } from "./client-routes.ts";

/** Parameters of a path, or of a query. */
export type RequestValues = Readonly<Record<string, unknown>>;

/**
 * Address of a request.
 * @param baseUrl where the gateway is, with or without a slash at its end
 * @throws TypeError where a parameter of the path is missing, or could not stand in a path
 */
export function requestUrl(
  baseUrl: string,
  { path }: AdminRoute,
  params: RequestValues,
  query: RequestValues,
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segmentOf(name, params[name]));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  const text = search.size === 0 ? "" : `?${search}`;
  return `${baseUrl.replace(/\/+$/, "")}/admin/v1${filled}${text}`;
}

/** A segment of a path. Those of dots are taken out of addresses before they are sent, so they would ask for something else. */
function segmentOf(name: string, value: unknown): string {
  if (typeof value !== "string" || value === "" || value === "." || value === "..") {
    throw new TypeError(`The parameter ${name} of the path has to be a text other than dots.`);
  }
  return encodeURIComponent(value);
}

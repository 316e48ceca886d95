import { readAdminError } from "./client/admin-api-error.ts";
import { type AdminRoute, adminRoutes } from "./client/client-routes.ts";
import type { AdminClient, AdminRequestOptions } from "./client/client-types.ts";
import { type RequestValues, requestUrl } from "./client/request-url.ts";

/** How a client reaches the admin API. */
export interface AdminClientOptions {
  /** Where the gateway is: `https://gateway.example`. */
  readonly baseUrl: string;
  /** Access token; absent in a browser, whose cookie speaks for the member. */
  readonly token?: string;
  /** What `x-csrf-token` says on writes that a cookie speaks for: `csrf` of `me.get`. */
  readonly csrf?: () => string | null;
  /** Default: the platform's. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** A request as every operation takes it. */
interface PlainRequest {
  readonly params?: RequestValues;
  readonly query?: RequestValues;
  readonly body?: unknown;
}

/**
 * Makes a client of the admin API: `client.keys.list({ params: { tenant: "shop" } })`. Its types are the contract's; at
 * run time it needs nothing but `fetch`. Calls reject with `AdminApiError`, and with what `fetch` rejects with.
 */
export function createAdminClient(options: AdminClientOptions): AdminClient {
  const subjects: Record<string, Record<string, unknown>> = {};
  for (const [name, route] of Object.entries(adminRoutes)) {
    const [subject = "", verb = ""] = name.split(".");
    const calls = subjects[subject] ?? {};
    subjects[subject] = calls;
    calls[verb] = (request: PlainRequest = {}, how: AdminRequestOptions = {}) =>
      call(options, route, request, how);
  }
  // The routes have exactly the operations of the contract, which the type is made of.
  return subjects as unknown as AdminClient;
}

async function call(
  options: AdminClientOptions,
  route: AdminRoute,
  { params = {}, query = {}, body = {} }: PlainRequest,
  how: AdminRequestOptions,
): Promise<unknown> {
  const send = options.fetch ?? ((url, init) => fetch(url, init));
  const response = await send(requestUrl(options.baseUrl, route, params, query), {
    method: route.method,
    headers: headersOf(options, route, how),
    ...(route.takesBody && { body: JSON.stringify(body) }),
    ...(how.signal !== undefined && { signal: how.signal }),
    // A token speaks for itself; with it no cookie is to be sent along.
    credentials: options.token === undefined ? "same-origin" : "omit",
    redirect: "error",
  });
  if (!response.ok) throw await readAdminError(response);
  return response.status === 204 ? null : await response.json();
}

function headersOf(
  { token, csrf }: AdminClientOptions,
  { method, takesBody }: AdminRoute,
  { idempotencyKey, version }: AdminRequestOptions,
): Record<string, string> {
  const csrfToken = method === "GET" ? null : (csrf?.() ?? null);
  return {
    accept: "application/json",
    ...(takesBody && { "content-type": "application/json" }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(csrfToken !== null && { "x-csrf-token": csrfToken }),
    ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    ...(version !== undefined && { "if-match": `"${version}"` }),
  };
}

import type { IncomingRequest, Reply } from "../../http/exchange.ts";
import { LatchkeyError } from "../../kernel/error.ts";
import type { Found } from "../../kernel/segment-trie.ts";
import type { GatewayServices } from "../gateway.ts";
import type { AuthenticatedCall } from "../pipeline.ts";
import { authorizeBackend } from "../stages/authorize.ts";
import { asksForWebSocket } from "../web-socket-key.ts";
import { askServers } from "./ask-servers.ts";
import type { BackendEntry, BackendRoute } from "./backend-table.ts";
import { openTunnel } from "./open-tunnel.ts";
import { outgoingQuery } from "./outgoing-query.ts";
import { relayBackend } from "./relay-backend.ts";
import { isRoutablePath } from "./routable-path.ts";

/** Methods that are passed on. TRACE would show callers the backend's own credential. */
const METHOD = /^(?!(?:CONNECT|TRACE)$)[A-Z][A-Z-]{0,19}$/;

/**
 * A request to an ordinary HTTP service: authorised, checked and sent on, its answer passed back as it comes. What does
 * not exist and what is not granted look the same. Rejects with LatchkeyError LK-2006 (nothing there for this key),
 * LK-2007 (method), LK-2008 (retired), LK-2107 (path), LK-2120 (not as the operation wants it), LK-31nn (the upstream);
 * for WebSocket see `openTunnel`.
 */
export async function callBackend(
  call: AuthenticatedCall,
  request: IncomingRequest,
  services: GatewayServices,
): Promise<Reply> {
  if (!isRoutablePath(call.path)) throw new LatchkeyError("LK-2107");
  const owner = call.tables.backends.find(call.path);
  const backend = authorizeBackend(call.tables, call.key, owner?.value);
  if (owner === undefined) throw new LatchkeyError("LK-2006");
  call.backend = backend;
  call.service = call.key.serviceOf("backends", backend.id);
  call.notices += backend.lifecycle;
  if (backend.declaration.status === "retired") throw new LatchkeyError("LK-2008", backend.retired);
  const found = routeOf(backend, call.method, owner.below);
  const settings = call.tables.artifact.settings;
  const { maxRequestBytes, validate } = backend.declaration;
  const read = request.readBody({
    maxBytes: maxRequestBytes ?? settings.maxRequestBytes,
    timeoutMs: settings.requestTimeoutMs,
  });
  const body = read instanceof Promise ? await read : read;
  call.requestBytes = body.length;
  const { check, rewrite } = found.value;
  const { query, headers } = request;
  const fault = check?.({ parameters: found.parameters, query, headers, body });
  if (fault !== undefined) {
    if (validate === "refuse") throw fault;
    const { requestId } = call;
    services.logger.warn("request-mismatch", { requestId, backend: backend.label, field: fault.param });
  }
  const below = rewrite === undefined ? owner.below : rewrite(found);
  const { stripPrefix, basePath } = backend.declaration;
  const path = rewrite === undefined && !stripPrefix ? `${basePath}${below}` : below;
  const outgoing = { path, query: outgoingQuery(query), body };
  if (call.method === "GET" && !request.isOld && asksForWebSocket(headers)) {
    return openTunnel(call, backend, request, outgoing, services);
  }
  return relayBackend(call, backend, await askServers(call, backend, request, outgoing));
}

function routeOf({ routes }: BackendEntry, method: string, below: string): Found<BackendRoute> {
  const looked = routes.find(method, below);
  if ("found" in looked && METHOD.test(method)) return looked.found;
  const allowed =
    "found" in looked ? ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] : looked.allowed;
  if (allowed.length === 0) throw new LatchkeyError("LK-2006");
  const allow = allowed.join(", ");
  throw new LatchkeyError("LK-2007", `This path takes ${allow} requests.`, { allow });
}

import type { RequestRateTeller } from "../dialects/dialect.ts";
import type { IncomingRequest, Reply } from "../http/exchange.ts";
import { type LatchkeyError, toLatchkeyError } from "../kernel/error.ts";
import { Call } from "./call.ts";
import { expiryNotice } from "./expiry-notice.ts";
import type { GatewayServices } from "./gateway.ts";
import type { KeyEntry } from "./key-table.ts";
import { admit } from "./stages/admit.ts";
import { authenticate } from "./stages/authenticate.ts";
import { checkKeyConditions } from "./stages/key-conditions.ts";
import type { Tables } from "./tables.ts";

/** A call whose key is known. */
export type AuthenticatedCall = Call & { readonly key: KeyEntry };

/** What a route does once the key is known. */
export type Route = (
  call: AuthenticatedCall,
  request: IncomingRequest,
  services: GatewayServices,
) => Reply | Promise<Reply>;

/** Makes the caller's answer of an error. */
export type ErrorResponder = (error: LatchkeyError, call: Call) => Reply;

/** A route, and how its callers are told of errors and limits. */
export interface Routed {
  readonly route: Route;
  readonly respond: ErrorResponder;
  /** What the dialect says of limits besides `x-ratelimit-*`; absent: nothing. */
  readonly tellRate?: RequestRateTeller | undefined;
}

/**
 * The way of a request: authenticate, admit, then what its route does, then one row in the call log, whatever happens.
 * Never rejects.
 */
export function runPipeline(
  tables: Tables,
  request: IncomingRequest,
  { route, respond, tellRate }: Routed,
  services: GatewayServices,
): Reply | Promise<Reply> {
  const call = new Call(tables, request.method, request.path, request.query, services.context);
  const fail = (thrown: unknown): Reply => {
    const error = toLatchkeyError(thrown);
    if (error.code === "LK-5001") services.logger.error("call-failed", { requestId: call.requestId, error });
    return refuse(error, call, respond);
  };
  try {
    const key = authenticate(request.headers, request.query, tables.keys, call.time);
    call.key = key;
    if (key.conditions !== undefined) checkKeyConditions(key, key.conditions, request, tables.trustedProxies);
    tables.keys.noteUse(key, call.time);
    if (call.time >= key.warnFromMs) call.notices = expiryNotice(key);
    if (key.limits !== undefined) admit(call, key.limits, services.rates, tellRate);
    const answer = route(call as AuthenticatedCall, request, services);
    return answer instanceof Promise ? answer.catch(fail) : answer;
  } catch (thrown) {
    return fail(thrown);
  }
}

/** What could not be read as a request leaves its row, too. */
export function refuseRequest(
  tables: Tables,
  seen: { readonly method: string; readonly path: string },
  error: LatchkeyError,
  services: GatewayServices,
  respond: ErrorResponder,
): Reply {
  return refuse(error, new Call(tables, seen.method, seen.path, "", services.context), respond);
}

/** Ends a call with an error. Its row has the status that the caller is told. */
function refuse(error: LatchkeyError, call: Call, respond: ErrorResponder): Reply {
  const reply = respond(error, call);
  call.error = error;
  if (call.method !== "HEAD" && reply.body instanceof Uint8Array) call.responseBytes = reply.body.length;
  call.finish(reply.status);
  return reply;
}

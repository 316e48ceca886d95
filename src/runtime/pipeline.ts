import { type LatchkeyError, toLatchkeyError } from "../kernel/error.ts";
import { Call } from "./call.ts";
import type { GatewayServices } from "./gateway.ts";
import type { KeyEntry } from "./key-table.ts";
import { authenticate } from "./stages/authenticate.ts";
import type { Tables } from "./tables.ts";

/** A call whose key is known. */
export type AuthenticatedCall = Call & { readonly key: KeyEntry };

/** What a route does once the key is known. */
export type Route = (
  call: AuthenticatedCall,
  request: Request,
  services: GatewayServices,
) => Response | Promise<Response>;

/** Where a request goes, cut from its URL. */
export interface RequestTarget {
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** Makes the caller's answer of an error. */
export type ErrorResponder = (error: LatchkeyError, call: Call) => Response;

/**
 * The way of a request: authenticate, then what its route does, then one row in the call log, whatever happens.
 * Never rejects.
 */
export function runPipeline(
  tables: Tables,
  request: Request,
  target: RequestTarget,
  route: Route,
  services: GatewayServices,
  respond: ErrorResponder,
): Response | Promise<Response> {
  const call = new Call(tables, request.method, target.path, target.query, services.context);
  const fail = (thrown: unknown): Response => {
    const error = toLatchkeyError(thrown);
    if (error.code === "LK-5001") services.logger.error("call-failed", { requestId: call.requestId, error });
    call.error = error;
    call.finish(error.status);
    return respond(error, call);
  };
  try {
    call.key = authenticate(request.headers, target.query, tables.keys, call.time);
    const answer = route(call as AuthenticatedCall, request, services);
    return answer instanceof Promise ? answer.catch(fail) : answer;
  } catch (thrown) {
    return fail(thrown);
  }
}

import { toLatchkeyError } from "../../kernel/error.ts";
import { createRequestIds } from "../../kernel/id.ts";
import type { AdminParts } from "../admin-parts.ts";
import type { Identity } from "../identity/identity.ts";
import { emptyReply, type IdentityReply, type IdentityRequest } from "../identity/identity-http.ts";
import { isSignInPath } from "../identity/sign-in-routes.ts";
import { documentOperation } from "../openapi/document-operation.ts";
import type { BoundOperation } from "../operations/bound-operation.ts";
import type { AdminCall } from "./admin-call.ts";
import { AdminRoutes } from "./admin-routes.ts";
import { createAdmit } from "./admit.ts";
import { errorReply } from "./error-reply.ts";
import { Idempotency } from "./idempotency.ts";
import { logAnswer, logFailure } from "./log-call.ts";
import { runOperation } from "./run-operation.ts";

/** What the admin API is made of. */
export interface AdminOptions {
  readonly parts: AdminParts;
  readonly identity: Identity;
  readonly operations: readonly BoundOperation[];
}

/** The admin API. */
export interface Admin {
  /**
   * Answers whatever is at `/admin` and below it. Never rejects: what nobody expected is LK-5001, and in the log. The
   * reply to HEAD is that to GET; whoever writes it leaves the body out.
   */
  readonly handle: (request: IdentityRequest) => Promise<IdentityReply>;
}

/**
 * Puts the admin API together: sign-in, the operations, and their OpenAPI document. Whoever is not signed in learns
 * nothing, not even which paths there are; whoever is may do what the operation's permission allows.
 */
export function createAdmin({ parts, identity, operations }: AdminOptions): Admin {
  const routes = new AdminRoutes([...operations, documentOperation(operations)]);
  const requestIds = createRequestIds();
  const idempotency = new Idempotency(parts);
  const admit = createAdmit(parts);

  const answer = async (call: AdminCall): Promise<IdentityReply> => {
    const { request } = call;
    if (isSignInPath(request.path)) return identity.handleSignIn(request);
    const member = await identity.authenticate(request);
    call.member = member;
    const routed = routes.find(request.method, request.path);
    if ("allow" in routed) return emptyReply([["allow", routed.allow]]);
    const { operation, params } = routed;
    call.operation = operation;
    call.tenant = operation.operation.scope === "tenant" ? (params["tenant"] ?? null) : null;
    admit(member, operation.operation, call.tenant);
    return runOperation(parts, idempotency, { operation, params, member }, call);
  };

  return {
    async handle(request) {
      const requestId = requestIds.next(parts.clock.now());
      const call = newCall(request, requestId, parts.clock.monotonic());
      try {
        const reply = await answer(call);
        logAnswer(parts, call, reply.status);
        return { ...reply, headers: [...reply.headers, ["x-request-id", requestId]] };
      } catch (thrown) {
        const error = toLatchkeyError(thrown);
        logFailure(parts, call, error);
        return errorReply(error, requestId);
      }
    },
  };
}

function newCall(request: IdentityRequest, requestId: string, startedMs: number): AdminCall {
  return {
    request,
    requestId,
    startedMs,
    member: undefined,
    operation: undefined,
    tenant: null,
    isReplay: false,
  };
}

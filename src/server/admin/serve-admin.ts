import { errorReply } from "../../admin/engine/error-reply.ts";
import type { IdentityReply, IdentityRequest } from "../../admin/identity/identity-http.ts";
import { toLatchkeyError } from "../../kernel/error.ts";
import type { AdminAnswer, AdminQuestion } from "./admin-messages.ts";
import { fromAdminRequest } from "./admin-request.ts";

/**
 * Answers what serving threads ask over a port, each question by itself and in whatever order the answers come.
 * @param handle answers a request; should not reject
 */
export function serveAdmin(
  port: MessagePort,
  handle: (request: IdentityRequest) => Promise<IdentityReply>,
): void {
  const answer = async ({ id, request }: AdminQuestion): Promise<AdminAnswer> => {
    try {
      return { id, reply: await handle(fromAdminRequest(request)) };
    } catch (thrown) {
      return { id, reply: errorReply(toLatchkeyError(thrown)) };
    }
  };
  port.onmessage = ({ data }: { readonly data: AdminQuestion }) => {
    void answer(data).then((message) => port.postMessage(message));
  };
}

import type { IdentityReply } from "../../admin/identity/identity-http.ts";
import { headerLine, type Reply } from "../../http/exchange.ts";

const encoder = new TextEncoder();

/** A reply of the administration as it is written to the caller. */
export function toReply({ status, headers, body }: IdentityReply): Reply {
  const lines = headers.map(([name, value]) => headerLine(name, value)).join("");
  return { status, headers: lines, body: encoder.encode(body) };
}

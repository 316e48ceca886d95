import { LatchkeyError } from "../../kernel/error.ts";
import type { Json } from "../../kernel/json.ts";
import type { AdminParts } from "../admin-parts.ts";
import { emptyReply, type IdentityReply } from "../identity/identity-http.ts";
import type { Member } from "../identity/member.ts";
import type { OperationContext } from "../operations/bound-operation.ts";
import type { AdminCall } from "./admin-call.ts";
import type { Idempotency, OnceOutcome } from "./idempotency.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import { type Outcome, replyOf } from "./outcome.ts";
import { isKnown, readTag, writtenTag } from "./preconditions.ts";
import type { PreparedOperation } from "./prepared-operation.ts";
import { type AdminInput, readInput } from "./read-input.ts";

/** What running an operation takes. */
export interface OperationRun {
  readonly operation: PreparedOperation;
  readonly params: Readonly<Record<string, string>>;
  /** Has the permission. */
  readonly member: Member;
}

/**
 * Reads a request, does what it asks and answers, all of it once where it has an idempotency key. Where the operation
 * changes who may call what, every serving thread goes by it before the answer, of a replay too: the first request may
 * have failed at just that.
 * @throws LatchkeyError whatever stands in the way
 */
export async function runOperation(
  parts: AdminParts,
  idempotency: Idempotency,
  { operation, params, member }: OperationRun,
  call: AdminCall,
): Promise<IdentityReply> {
  const { request } = call;
  const input = await readInput(operation, params, request);
  const context = { parts, member, address: request.remoteAddress, version: input.version };
  const work = (): Promise<Outcome> => perform(operation, context, input);
  const key = readIdempotencyKey(member, request, input.bytes);
  const { affectsCalls, answersSecret = false, method } = operation.operation;
  const done: OnceOutcome =
    key === undefined
      ? { outcome: await work(), isReplay: false }
      : await idempotency.once(key, answersSecret, work);
  call.isReplay = done.isReplay;
  if (affectsCalls && done.outcome.status < 300) await waitUntilApplied(parts);
  const reply = replyOf(done.outcome);
  return method === "GET" ? withTag(reply, done.outcome.body, request.headers) : reply;
}

async function perform(
  { operation, handler }: PreparedOperation,
  context: OperationContext,
  { input }: AdminInput,
): Promise<Outcome> {
  const { name, output, status, method } = operation;
  const answer: unknown = await handler(context, input);
  if (output === null) return { status, headers: [], body: null };
  // In production as in tests: a member that no schema names may be a secret, and what has leaked stays leaked.
  const result = output.safeParse(answer);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`the answer of ${name} does not match its schema at ${issue?.path.join(".")}`);
  }
  const tag = method === "GET" ? undefined : writtenTag(result.data);
  return { status, headers: tag === undefined ? [] : [["etag", tag]], body: result.data as Json };
}

async function waitUntilApplied({ applied }: AdminParts): Promise<void> {
  try {
    await applied();
  } catch (cause) {
    throw new LatchkeyError(
      "LK-6105",
      "The change is stored, but not every part of the gateway goes by it yet. Read it again before you repeat it.",
      { cause, internal: "the serving threads have not applied a change" },
    );
  }
}

function withTag(
  reply: IdentityReply,
  body: unknown,
  headers: AdminCall["request"]["headers"],
): IdentityReply {
  const tag = readTag(body, reply.body);
  if (tag === undefined) return reply;
  if (isKnown(headers, tag)) return { ...emptyReply([["etag", tag]]), status: 304 };
  return { ...reply, headers: [...reply.headers, ["etag", tag]] };
}

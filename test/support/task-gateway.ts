import type { Loss } from "../../src/canonical/loss.ts";
import type { IngressError } from "../../src/dialects/dialect.ts";
import type {
  RenderedTask,
  TaskBody,
  TaskContext,
  TaskDialect,
  TaskEnvelope,
  TaskInput,
  TaskTraits,
} from "../../src/dialects/task/task-dialect.ts";
import { LatchkeyError } from "../../src/kernel/error.ts";
import { isJsonObject, type JsonObject } from "../../src/kernel/json.ts";

/** What the vendor answers in a test. */
export interface VendorAnswer {
  readonly status?: number;
  readonly contentType: string;
  readonly body: Uint8Array | string;
}

/** What the vendor was sent. */
export interface VendorCall {
  readonly path: string;
  readonly contentType: string;
  readonly body: Uint8Array;
  /** Losses that were harmless. */
  readonly losses: readonly Loss<string>[];
}

/** The smallest gateway around a dialect: one target, over real HTTP on the loopback address. */
export interface TaskGateway {
  readonly baseUrl: string;
  readonly calls: readonly VendorCall[];
  readonly stop: () => Promise<void>;
}

/** Where OpenAI's clients send what, and which operation it is. */
const OPERATIONS: Readonly<Record<string, string>> = {
  "/v1/images/generations": "generate",
  "/v1/images/edits": "edit",
  "/v1/audio/transcriptions": "transcribe",
  "/v1/audio/translations": "translate",
};

/** Serves a dialect: translated to the shape of `egress`, or passed through where that is absent. */
export function serveTask<Q, A, Event, Field extends string, E extends TaskEnvelope>(
  dialect: TaskDialect<Q, A, Event, Field, E>,
  target: { readonly egress?: string; readonly traits?: Partial<TaskTraits> },
  answer: (call: VendorCall) => VendorAnswer,
): TaskGateway {
  const calls: VendorCall[] = [];
  const traits = { path: "/vendor", upstreamModel: "upstream-model", ...target.traits };
  const { egress, ingress, passthrough } = dialect;
  const translate = (input: TaskInput): Response => {
    const shape = egress[target.egress ?? ""];
    if (shape === undefined) throw new Error("no such shape");
    const parsed = ingress.parseRequest(input);
    const rendered: RenderedTask<Field> = shape.renderRequest(parsed.request, traits);
    const losses = [...parsed.losses, ...rendered.losses];
    const refused = losses.find(({ isHarmless }) => !isHarmless);
    if (refused !== undefined) {
      const param = typeof refused.path === "string" ? refused.path : ingress.fieldName(refused.path.field);
      throw new LatchkeyError("LK-2110", `\`${param}\` ${refused.reason}.`, { param });
    }
    const call = { ...rendered, losses };
    calls.push(call);
    const given = answerOf(answer(call));
    if (given.status >= 400)
      return failed(vendorError(shape.parseError(given.status, given.body), given.status));
    const request: Q = parsed.request;
    const model = isJsonObject(request) ? String(request["model"]) : "";
    const context: TaskContext<Q> = { request, model, requestId: "req_test", nowS: 1_700_000_000 };
    const wantsStream = isJsonObject(request) && (request["stream"] === true || request["asEvents"] === true);
    if (rendered.streams) {
      const encoder = ingress.encodeStream(context);
      let text = "";
      const decoder = shape.decodeStream?.(request, traits, (event) => {
        text += encoder.encode(event);
        const { type, error } = event as {
          readonly type?: string;
          readonly error?: { readonly message: string };
        };
        if (type === "error") text += encoder.fail({ ...internal, message: error?.message ?? "" });
      });
      for (let at = 0; at < given.body.length; at += 7) decoder?.push(given.body.subarray(at, at + 7));
      decoder?.close();
      return new Response(text, { headers: { "content-type": "text/event-stream" } });
    }
    const response = shape.parseResponse(given, request, traits);
    if (response === undefined) return failed({ ...internal, message: "no answer" });
    if (isFailure(response)) return failed(vendorError(response.failure, 400));
    if (wantsStream) {
      const encoder = ingress.encodeStream(context);
      const text = ingress.eventsOf(response, context).map((event) => encoder.encode(event));
      return new Response(text.join(""), { headers: { "content-type": "text/event-stream" } });
    }
    return body(ingress.renderResponse(response, context));
  };
  const pass = (input: TaskInput): Response => {
    const envelope = passthrough.readEnvelope(input);
    const modelJson = new TextEncoder().encode(JSON.stringify(traits.upstreamModel));
    const bytes = passthrough.rewrite(envelope, { modelJson, askForUsage: false });
    const call = { path: traits.path, contentType: input.contentType, body: bytes, losses: [] };
    calls.push(call);
    return body(answerOf(answer(call)));
  };
  const failed = (error: IngressError): Response => json(error.status, ingress.renderError(error));
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async (request) => {
      const operation = OPERATIONS[new URL(request.url).pathname];
      const input: TaskInput = {
        body: new Uint8Array(await request.arrayBuffer()),
        contentType: request.headers.get("content-type") ?? "",
        ...(operation !== undefined && { operation }),
      };
      try {
        return target.egress === undefined ? pass(input) : translate(input);
      } catch (thrown) {
        if (!(thrown instanceof LatchkeyError)) throw thrown;
        const { status, code, message, param } = thrown;
        return failed({
          status,
          code,
          message,
          kind: "invalid-request",
          ...(param !== undefined && { param }),
        });
      }
    },
  });
  return { baseUrl: `http://127.0.0.1:${server.port}/v1`, calls, stop: () => server.stop(true) };
}

const internal: IngressError = { status: 502, code: "LK-3009", message: "", kind: "server" };

function vendorError(
  { kind, message, param }: { kind: IngressError["kind"]; message: string; param?: string },
  status: number,
): IngressError {
  return { status, code: "LK-3015", message, kind, ...(param !== undefined && { param }) };
}

function isFailure(value: unknown): value is { failure: { kind: IngressError["kind"]; message: string } } {
  return isJsonObject(value) && "failure" in value;
}

function answerOf({ status = 200, contentType, body: given }: VendorAnswer): TaskBody & { status: number } {
  return { status, contentType, body: typeof given === "string" ? new TextEncoder().encode(given) : given };
}

function body({ body: bytes, contentType }: TaskBody): Response {
  return new Response(new Uint8Array(bytes), { headers: { "content-type": contentType } });
}

function json(status: number, value: JsonObject): Response {
  return Response.json(value, { status });
}

import { sayTo } from "./say.ts";
import type { Vendor, VendorCall } from "./vendor.ts";

/** A vendor that listens on a free port of this machine. */
export interface ServedVendor {
  /** Without a path. */
  readonly origin: string;
  /** What was wrong with the requests since the last call; each of them was refused. */
  readonly complaints: () => readonly string[];
  /** Resolves once whoever has asked for a slow answer has left. */
  readonly left: () => Promise<void>;
  readonly stop: () => void;
}

/** Messages that are answered with an error, and one whose answer never ends. */
export const prompts = { wrong: "Answer 400.", busy: "Answer 429.", slow: "Answer slowly." };

/** What the vendor says about those that are wrong. */
export const faults = { wrong: "The fifth word is misspelled.", busy: "Slow down, please." };

/** Seconds after which a vendor that is busy wants to be asked again. */
export const retryAfterS = 7;

/** Serves a vendor that demands the given secret. */
export function serveVendor(vendor: Vendor, secret: string): ServedVendor {
  let complaints: string[] = [];
  let leaving = Promise.withResolvers<void>();
  const answer = async (request: Request): Promise<Response> => {
    try {
      checkHead(vendor, request, secret);
      const asked = vendor.read(await readCall(request));
      if (asked.text.includes(prompts.wrong)) return failure(vendor, 400, faults.wrong);
      if (asked.text.includes(prompts.busy)) return failure(vendor, 429, faults.busy);
      const said = sayTo(asked);
      if (!asked.stream) return Response.json(vendor.whole(said));
      const isSlow = asked.text.includes(prompts.slow);
      return streamed(vendor, vendor.stream(said), isSlow ? leaving.resolve : undefined);
    } catch (thrown) {
      complaints.push(thrown instanceof Error ? thrown.message : String(thrown));
      return failure(vendor, 400, complaints.at(-1) ?? "");
    }
  };
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: answer });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    complaints: () => {
      const those = complaints;
      complaints = [];
      return those;
    },
    async left() {
      await leaving.promise;
      leaving = Promise.withResolvers<void>();
    },
    stop: () => void server.stop(true),
  };
}

function checkHead({ credentials, headers }: Vendor, request: Request, secret: string): void {
  if (request.method !== "POST") throw new Error(`no such method: ${request.method}`);
  if (!credentials.some(({ header, prefix }) => request.headers.get(header) === prefix + secret))
    throw new Error(`no credential in ${credentials[0]?.header}`);
  for (const [name] of headers) if (!request.headers.has(name)) throw new Error(`no header ${name}`);
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) throw new Error(`content-type is ${type}`);
}

async function readCall(request: Request): Promise<VendorCall> {
  const { pathname, searchParams } = new URL(request.url);
  return { path: pathname, query: searchParams, headers: request.headers, body: await request.json() };
}

function failure(vendor: Vendor, status: 400 | 429, message: string): Response {
  const headers = status === 429 ? { "retry-after": String(retryAfterS) } : {};
  return Response.json(vendor.error(status, message), { status, headers });
}

/** A stream piece by piece; one with `leave` says half of it and waits until the other side has gone. */
function streamed(
  { streamType }: Vendor,
  pieces: readonly (string | Uint8Array)[],
  leave?: () => void,
): Response {
  const told = leave === undefined ? pieces : pieces.slice(0, Math.ceil(pieces.length / 2));
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of told) controller.enqueue(Buffer.from(piece as string));
      if (leave === undefined) controller.close();
    },
    cancel: () => leave?.(),
  });
  return new Response(body, { headers: { "content-type": streamType } });
}

import { join } from "node:path";
import { BenchError } from "./bench-error.ts";
import type { ProcessGroup } from "./process-group.ts";

/** One run of wrk. */
export interface WrkOptions {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Written by `writeWrkScript`. */
  readonly scriptFile: string;
  readonly core: number;
  readonly processes: ProcessGroup;
}

/** What wrk counted. */
export interface WrkResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Bytes received, heads included. */
  readonly bytes: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
  /** Answers with a status of 400 or more. */
  readonly failedAnswers: number;
  /** Failed connects, reads and writes, and time-outs. */
  readonly socketErrors: number;
}

const LINE_MARK = "latchkey-bench";

/** wrk's own report rounds; this line does not. Fields of `summary` and `latency` as in wrk's SCRIPTING file. */
const DONE_FUNCTION = `
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "${LINE_MARK} requests=%d microseconds=%d bytes=%d p50=%d p99=%d status=%d sockets=%d\\n",
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
`;

/** Writes the Lua script that makes wrk post a JSON body, and gives its path. */
export async function writeWrkScript(
  folder: string,
  name: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  const bodyFile = join(folder, `${name}.body.json`);
  await Bun.write(bodyFile, body);
  const lines = Object.entries({ "content-type": "application/json", ...headers }).map(
    ([header, value]) => `wrk.headers[${luaText(header)}] = ${luaText(value)}`,
  );
  const script = `wrk.method = "POST"
local file = assert(io.open(${luaText(bodyFile)}, "rb"))
wrk.body = file:read("*a")
file:close()
${lines.join("\n")}
${DONE_FUNCTION}`;
  const scriptFile = join(folder, `${name}.lua`);
  await Bun.write(scriptFile, script);
  return scriptFile;
}

/** A load of many keys. */
export interface ManyKeys {
  readonly body: string;
  readonly keys: readonly string[];
  /** Milliseconds for which each connection rests before each request; 0: none. */
  readonly restMs: number;
}

/**
 * Writes the Lua script that makes wrk post a JSON body, each time with a key that is drawn at random, and gives its
 * path. The requests are made beforehand, so that one costs wrk no more than a fixed one.
 */
export async function writeManyKeysScript(
  folder: string,
  name: string,
  { body, keys, restMs }: ManyKeys,
): Promise<string> {
  const bodyFile = join(folder, `${name}.body.json`);
  const keysFile = join(folder, `${name}.keys.txt`);
  await Bun.write(bodyFile, body);
  await Bun.write(keysFile, keys.map((key) => `${key}\n`).join(""));
  const scriptFile = join(folder, `${name}.lua`);
  await Bun.write(
    scriptFile,
    `wrk.method = "POST"
local file = assert(io.open(${luaText(bodyFile)}, "rb"))
wrk.body = file:read("*a")
file:close()
wrk.headers["content-type"] = "application/json"
local requests = {}
function init(args)
  for key in io.lines(${luaText(keysFile)}) do
    wrk.headers["authorization"] = "Bearer " .. key
    requests[#requests + 1] = wrk.format()
  end
end
function request()
  return requests[math.random(#requests)]
end
${restMs === 0 ? "" : `function delay()\n  return ${restMs}\nend\n`}${DONE_FUNCTION}`,
  );
  return scriptFile;
}

/**
 * Runs wrk with one thread, pinned to a core.
 * @throws BenchError when wrk fails or prints no result
 */
export async function runWrk(options: WrkOptions): Promise<WrkResult> {
  const command = ["wrk", "--threads", "1", "--connections", String(options.connections)];
  command.push(
    "--duration",
    `${options.seconds}s`,
    "--timeout",
    "10s",
    "--script",
    options.scriptFile,
    options.url,
  );
  const child = options.processes.pipe(options.core, command);
  const [output, problems] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  const result = parseWrkOutput(output);
  if (result === undefined) throw new BenchError(`wrk gave no result: ${problems}${output}`);
  return result;
}

/** Finds and reads the line of `DONE_FUNCTION` in wrk's output. */
export function parseWrkOutput(output: string): WrkResult | undefined {
  const line = output.split("\n").find((text) => text.startsWith(`${LINE_MARK} `));
  if (line === undefined) return undefined;
  const fields = new Map(
    line
      .split(" ")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), Number(pair.slice(pair.indexOf("=") + 1))]),
  );
  const field = (name: string): number => fields.get(name) ?? Number.NaN;
  return {
    requests: field("requests"),
    requestsPerSecond: (field("requests") / field("microseconds")) * 1_000_000,
    bytes: field("bytes"),
    p50Microseconds: field("p50"),
    p99Microseconds: field("p99"),
    failedAnswers: field("status"),
    socketErrors: field("sockets"),
  };
}

/** A Lua string literal. */
export function luaText(text: string): string {
  const escaped = text.replace(/[\\"]/g, (character) => `\\${character}`);
  return `"${escaped.replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`;
}

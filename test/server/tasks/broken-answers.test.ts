import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { isJsonObject, type Json, tryParseJson } from "../../../src/kernel/json.ts";
import { changeValue, valueChanges } from "../../pairs/support/mutated.ts";
import { taskSample } from "../../support/task-samples.ts";
import type { TaskFixture } from "./support.ts";
import { send, startCase, type TaskCase, taskCases } from "./task-cases.ts";

/** The same cases each time; `FUZZ_SEED=$RANDOM` looks for others. */
const seed = Number(process.env["FUZZ_SEED"] ?? 20261124);

interface Sent {
  readonly status: number;
  readonly code: string | null;
  /** What the caller reads. */
  readonly answer: unknown;
}

/** Calls a gateway whose vendor answers so, and holds the call's row to what the caller is told. */
async function ask(gateway: TaskFixture, task: TaskCase, vendor: () => Response): Promise<Sent> {
  gateway.vendors[0].answer = vendor;
  const before = gateway.rows.length;
  const response = await send(gateway, task, task.body);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const id = response.headers.get("x-request-id");
  const row = await gateway.row(({ requestId }) => requestId === id);
  expect(gateway.rows.length).toBe(before + 1);
  const code = response.headers.get("x-latchkey-error");
  expect([row.status, row.errorCode]).toEqual([response.status, code]);
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  const answer = isJson ? tryParseJson(Buffer.from(bytes).toString()) : bytes;
  if (response.status >= 400) {
    expect(code).toMatch(/^LK-3\d{3}$/);
    expect(answer).toBeDefined();
  }
  return { status: response.status, code, answer };
}

function failed({ status, code }: Sent): boolean {
  return status >= 400 && code !== null;
}

/** Whether a caller that is told of success has all that it has asked for. */
function isHonest(task: TaskCase, sent: Sent): boolean {
  // Vectors pass unread, for they are many.
  if (task.passes && task.api === "embeddings" && isJsonObject(sent.answer)) return true;
  return failed(sent) || task.isWhole(sent.answer, task.body);
}

const json = (text: string, type = "application/json"): Response =>
  new Response(text, { headers: { "content-type": type } });

describe.each(taskCases.map((task) => [task.name, task] as const))("%s", (_name, task) => {
  const text = Buffer.from(taskSample(task.sample).body).toString();
  const withGateway = async (run: (gateway: TaskFixture) => Promise<void>): Promise<void> => {
    const gateway = await startCase(task);
    try {
      await run(gateway);
    } finally {
      await gateway.stop();
    }
  };

  test("answers whole", () =>
    withGateway(async (gateway) => {
      const sent = await ask(gateway, task, () => json(text));
      expect([sent.status, sent.code]).toEqual([200, null]);
      expect(task.isWhole(sent.answer, task.body)).toBe(true);
    }));

  test("is no answer where it is something else", () =>
    withGateway(async (gateway) => {
      const page = "<!doctype html><title>502 Bad Gateway</title>";
      const others: readonly (() => Response)[] = [
        () => json(""),
        () => json("", "text/plain"),
        () => new Response(null, { status: 204 }),
        ...["null", "{}", "[]", "7", '"words"', "[[]]", '{"data":[]}', '{"results":[]}', '{"data":{}}'].map(
          (body) => () => json(body),
        ),
        () => json('{"error":{"message":"Overloaded"}}'),
        () => json('{"detail":"Not found"}'),
        () => json(page),
        () => json(page, "text/html; charset=utf-8"),
        () => json("[".repeat(100_000)),
        () =>
          new Response(Uint8Array.of(0xff, 0xfe, 0, 0x80), {
            headers: { "content-type": "application/json" },
          }),
      ];
      for (const vendor of others) {
        const sent = await ask(gateway, task, vendor);
        expect([
          await vendor()
            .text()
            .then((body) => body.slice(0, 40)),
          failed(sent),
        ]).toEqual([expect.any(String), true]);
      }
    }));

  test("is no answer where it is cut, or compressed, or endless", () =>
    withGateway(async (gateway) => {
      const whole = text.trimEnd();
      const cuts = Array.from({ length: 24 }, (_, at) => Math.floor((at * whole.length) / 24));
      for (const cut of [...cuts, whole.length - 1]) {
        const sent = await ask(gateway, task, () => json(whole.slice(0, cut)));
        expect([cut, failed(sent)]).toEqual([cut, true]);
      }
      const zipped = await ask(
        gateway,
        task,
        () =>
          new Response(Bun.gzipSync(text), {
            headers: { "content-type": "application/json", "content-encoding": "gzip" },
          }),
      );
      expect(failed(zipped)).toBe(true);
      const long = await ask(gateway, task, () => json(`${" ".repeat(1_100_000)}${text}`));
      expect(isHonest(task, long)).toBe(true);
    }));

  test("of other types and sizes is right or refused, whatever it is", () =>
    withGateway(async (gateway) => {
      const value = JSON.parse(text) as Json;
      await fc.assert(
        fc.asyncProperty(valueChanges, async (changes) => {
          const body = JSON.stringify(changeValue(value, changes));
          const sent = await ask(gateway, task, () => json(body));
          if (sent.status === 200 && isJsonObject(sent.answer))
            expect(sent.answer).not.toHaveProperty("error");
          expect([body, isHonest(task, sent)]).toEqual([body, true]);
        }),
        { seed, numRuns: 60 },
      );
      // Numbers that no double holds.
      const huge = await ask(gateway, task, () => json(text.replaceAll(/(?<=[:,[])\d+(\.\d+)?/g, "1e999")));
      expect(isHonest(task, huge)).toBe(true);
    }));
});

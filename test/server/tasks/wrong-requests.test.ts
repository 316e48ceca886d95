import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Json, JsonObject } from "../../../src/kernel/json.ts";
import type { TaskFixture } from "./support.ts";
import { formOf, send, startCase, type TaskCase, taskCases } from "./task-cases.ts";

/** What stands where something else belongs. */
const WRONG: readonly Json[] = [
  7,
  -1,
  1e300,
  0.5,
  true,
  "",
  "words",
  [],
  [null],
  [[]],
  [7, "a"],
  {},
  { a: { b: [] } },
  JSON.parse(`{"__proto__":{"type":"text"},"constructor":1}`) as Json,
];

/** Members that each API has beside those that it needs. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  embeddings: ["dimensions", "encoding_format", "user"],
  rerank: ["top_n", "return_documents", "max_tokens_per_doc"],
  images: [
    "n",
    "size",
    "quality",
    "style",
    "background",
    "output_format",
    "response_format",
    "user",
    "stream",
  ],
  speech: ["instructions", "response_format", "speed", "stream_format"],
  transcription: [
    "language",
    "prompt",
    "response_format",
    "temperature",
    "timestamp_granularities",
    "stream",
  ],
  moderations: [],
};

interface Told {
  readonly status: number;
  readonly code: string | null;
  readonly param: string | undefined;
}

/** What a caller is told, which has to be a success or an error with a code; the call's row says the same. */
async function tell(gateway: TaskFixture, sent: Promise<Response>): Promise<Told> {
  const response = await sent;
  const text = await response.text();
  const id = response.headers.get("x-request-id");
  const row = await gateway.row(({ requestId }) => requestId === id);
  expect(gateway.rows.filter(({ requestId }) => requestId === id)).toHaveLength(1);
  const code = response.headers.get("x-latchkey-error");
  expect([row.status, row.errorCode]).toEqual([response.status, code]);
  // The vendor always answers the same, which does not fit every question that is right.
  if (response.status >= 500) expect(code).toBe("LK-3009");
  if (response.status < 400) return { status: response.status, code, param: undefined };
  const body = JSON.parse(text) as { error?: { param?: string; message: string }; message?: string };
  const message = body.error?.message ?? body.message ?? "";
  expect(message).not.toBe("");
  // Cohere's clients know no member for it: there the message names it.
  const param = body.error?.param ?? /^`([^`]+)`/.exec(message)?.[1];
  return { status: response.status, code, param };
}

const isAbout = (param: string | undefined, name: string): boolean =>
  param !== undefined && (param === name || param.startsWith(`${name}.`) || param.startsWith(`${name}[`));

describe.each(taskCases.map((task) => [task.name, task] as const))(
  "a request for %s",
  (_name, task: TaskCase) => {
    let gateway: TaskFixture;
    beforeAll(async () => {
      gateway = await startCase(task);
    });
    afterAll(() => gateway.stop());
    const ask = (body: JsonObject): Promise<Told> => tell(gateway, send(gateway, task, body));
    const without = (name: string): JsonObject =>
      Object.fromEntries(Object.entries(task.body).filter(([member]) => member !== name));

    test("is answered as it is", async () => {
      expect(await ask(task.body)).toEqual({ status: 200, code: null, param: undefined });
    });

    test("that lacks what it needs names it", async () => {
      for (const name of ["model", ...task.needed]) {
        if (name === "file") continue;
        const { status, code, param } = await ask(without(name));
        expect([name, status, code, param]).toEqual([name, 400, "LK-2102", name]);
      }
      if (task.isForm !== true) return;
      const { key, url } = gateway;
      const sent = fetch(url + task.path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: formOf(task.body, null),
      });
      expect(await tell(gateway, sent)).toEqual({ status: 400, code: "LK-2102", param: "file" });
    });

    test("with something else in a member names that member", async () => {
      for (const name of ["model", ...task.needed, ...(OPTIONS[task.api] ?? [])]) {
        for (const value of WRONG) {
          const { status, code, param } = await ask({ ...task.body, [name]: value });
          if (status < 400 || status >= 500) continue;
          // An unknown model is another matter than one that is no name at all.
          const codes = name === "model" ? ["LK-2102", "LK-2003", "LK-2004"] : ["LK-2102", "LK-2110"];
          // Cohere's clients are told in words alone.
          const isUnknown = task.api === "rerank" && code === "LK-2004";
          expect([name, value, codes.includes(code ?? ""), isAbout(param, name) || isUnknown]).toEqual([
            name,
            value,
            true,
            true,
          ]);
        }
      }
    });

    test("with a member that is unknown passes it on or names it", async () => {
      const { status, code, param } = await ask({ ...task.body, surprise: { deep: [1] } });
      if (task.passes) expect(status).toBe(200);
      else if (status >= 400) expect([code, param]).toEqual(["LK-2110", "surprise"]);
    });

    test("that is no request, or too large, is refused with a code", async () => {
      if (task.isForm === true) return;
      const call = (body: string): Promise<Told> => tell(gateway, gateway.call(task.path, body));
      for (const body of ["", "null", "[]", "7", `{"model":"fast"`, "\u0000"]) {
        const { status, code } = await call(body);
        expect([body.slice(0, 20), status, code]).toEqual([body.slice(0, 20), 400, "LK-2101"]);
      }
      expect(await call("[".repeat(5_000))).toMatchObject({ status: 400, code: "LK-2130" });
      const twice = JSON.stringify(task.body).replace(/}$/, `,"model":"private"}`);
      expect(await call(twice)).toMatchObject({ status: 400, code: "LK-2103" });
      expect(await ask({ ...task.body, user: "x".repeat(100_001) })).toMatchObject({ status: 413 });
    });
  },
);

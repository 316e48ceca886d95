import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackage } from "../../scripts/build-package.ts";
import { controlledStream, eventStream, sse } from "./support/event-stream.ts";
import { KEY, startGateway } from "./support/gateway.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-package-"));
  await buildPackage(folder);
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

/** Runs a program in Node with a client of this gateway; answers what it prints as JSON. */
async function runInNode(url: string, program: string): Promise<unknown> {
  const script = join(folder, "program.mjs");
  const lines = [
    'import { createClient, LatchkeyClientError } from "./client/index.js";',
    `const client = createClient({ baseUrl: ${JSON.stringify(url)}, key: ${JSON.stringify(KEY)}, maxRetries: 0 });`,
    "const print = (value) => console.log(JSON.stringify(value));",
    'process.on("unhandledRejection", (error) => { print({ unhandled: String(error) }); process.exit(1); });',
    program,
  ];
  await Bun.write(script, lines.join("\n"));
  const node = Bun.spawn(["node", script], { stdout: "pipe", stderr: "pipe" });
  const [output, errors] = await Promise.all([
    new Response(node.stdout).text(),
    new Response(node.stderr).text(),
    node.exited,
  ]);
  expect(errors).toBe("");
  return JSON.parse(output);
}

describe("the built client in Node", () => {
  test("calls an endpoint", async () => {
    const { url, received } = startGateway(() => Response.json({ label: "positive" }));
    const program = 'print(await client["my-endpoint"].v2({ text: "Schön" }));';
    expect(await runInNode(url, program)).toEqual({ label: "positive" });
    expect(received[0]).toMatchObject({ path: "/api/my-endpoint/v2", body: { text: "Schön" } });
  });

  test("reads streams", async () => {
    const chunk = { choices: [{ index: 0, delta: { content: "€😀" } }] };
    const { url } = startGateway((request) =>
      request.url.endsWith("/current")
        ? eventStream(sse("delta", { text: "a" }) + sse("output", { label: "neutral" }))
        : eventStream(`${sse(undefined, chunk)}data: [DONE]\n\n`),
    );
    const program = `
      const seen = [];
      for await (const event of client.sentiment.stream({ text: "Hm." })) seen.push(event);
      for await (const text of client.chat.stream({ model: "fast", messages: [] }).text()) seen.push(text);
      print(seen);
    `;
    expect(await runInNode(url, program)).toEqual([
      { type: "delta", text: "a" },
      { type: "output", output: { label: "neutral" } },
      "€😀",
    ]);
  });

  test("aborts when a stream is left early", async () => {
    const stream = controlledStream();
    stream.write(sse("delta", { text: "a" }));
    const { url } = startGateway(() => stream.response);
    const program = `
      const stream = client.sentiment.stream({ text: "Hm." });
      for await (const event of stream) break;
      print(await stream.output.catch((error) => error));
    `;
    expect(await runInNode(url, program)).toMatchObject({ kind: "aborted" });
    await stream.left;
  });

  test("ends in time by its limit and by a signal", async () => {
    const { url } = startGateway(() => new Promise<Response>(() => undefined));
    const program = `
      const kind = (error) => LatchkeyClientError.isInstance(error) && error.kind;
      const signal = AbortSignal.timeout(20);
      print(await Promise.all([
        client.models({ timeoutMs: 20 }).catch(kind),
        client.models({ signal }).catch(kind),
      ]));
    `;
    expect(await runInNode(url, program)).toEqual(["timeout", "aborted"]);
  });

  test("tells errors without the key", async () => {
    const error = { message: `bad key ${KEY}`, code: "LK-2002" };
    const { url } = startGateway(() => Response.json({ error }, { status: 401 }));
    const program = `
      import { inspect } from "node:util";
      const forms = (error) => [error.kind, error.code, inspect(error, { showHidden: true }), error.stack];
      print([
        ...(await client.models().catch(forms)),
        inspect(client, { showHidden: true, depth: 9 }),
        ...(await createClient({ baseUrl: "http://127.0.0.1:1", key: ${JSON.stringify(KEY)}, maxRetries: 0 })
          .models().catch(forms)),
      ]);
    `;
    const found = await runInNode(url, program);
    expect(found).toMatchObject({ 0: "authentication", 1: "LK-2002", 5: "connection" });
    expect(JSON.stringify(found)).not.toContain("verysecretpart");
  });

  test("tells a stream whose connection broke, and a redirect", async () => {
    const { url } = startGateway((request) => {
      if (request.url.endsWith("/v1/models")) return Response.redirect("http://127.0.0.1:1/elsewhere");
      return eventStream(sse("delta", { text: "a" }));
    });
    const program = `
      const kind = (error) => error.kind;
      print([await client.sentiment.stream({}).output.catch(kind), await client.models().catch(kind)]);
    `;
    expect(await runInNode(url, program)).toEqual(["cut-stream", "protocol"]);
  });
});

describe("the built declarations", () => {
  test("satisfy a project with settings of its own", async () => {
    const project = {
      compilerOptions: {
        target: "ES2022",
        module: "NodeNext",
        lib: ["ES2022", "DOM"],
        types: [],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        paths: { zod: [join(import.meta.dir, "../../node_modules/zod")] },
      },
      files: ["program.ts"],
    };
    const program = `
      import type { Gateway } from "./types/sdk/config/index.d.ts";
      import { createClient } from "./types/sdk/client/index.js";
      const client = createClient<Gateway<{ providers: {}; models: {}; endpoints: {} }>>({ baseUrl: "", key: "" });
      export const found: string = (await client.models())[0]?.id ?? "";
      // @ts-expect-error there is no such endpoint
      client.sentiment;
    `;
    await Bun.write(join(folder, "tsconfig.json"), JSON.stringify(project));
    await Bun.write(join(folder, "program.ts"), program);
    await Bun.write(join(folder, "package.json"), '{ "type": "module" }');
    const compiler = join(import.meta.dir, "../../node_modules/typescript/bin/tsc");
    const tsc = Bun.spawn([process.execPath, compiler, "--project", folder], { stdout: "pipe" });
    expect(await new Response(tsc.stdout).text()).toBe("");
    expect(await tsc.exited).toBe(0);
  }, 60_000);
});

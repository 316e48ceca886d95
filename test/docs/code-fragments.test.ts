import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Glob } from "bun";
import { compile } from "../../src/compiler/compile.ts";
import { webSocketKeys } from "../../src/runtime/web-socket-key.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

const root = resolve(import.meta.dir, "../..");

/** The blocks of a document that are no files of their own: `code-blocks.test.ts` runs those. */
function fragmentsOf(document: string): readonly string[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .map(([, , body = ""]) => body)
    .filter((body) => !body.startsWith("// file: "));
}

/** The one fragment of a document with a text in it. */
function fragment(document: string, part: string): string {
  const found = fragmentsOf(document).filter((body) => body.includes(part));
  expect({ document, part, found: found.length }).toEqual({ document, part, found: 1 });
  used.add(`${document}\n${found[0]}`);
  return found[0] ?? "";
}

const used = new Set<string>();
/** In the checkout, where `latchkey` and `zod` can be found as in a project that has installed them. */
const folder = mkdtempSync(join(root, "examples", ".run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const configFile = join(folder, "gateway.config.ts");

/** All that `latchkey/config` has, `fast` and what else the fragments take for granted. */
const PREAMBLE = `
import * as latchkey from "latchkey/config";
import { z } from "zod";
const { app, defineGateway, demo, endpoint, env, fallback, invariant, key, model, openai, prompt, rate, service, tenant, trusted } = latchkey;
const oai = openai({ apiKey: env("OPENAI_API_KEY") });
const local = demo();
`;
const FAST = 'const fast = model({ targets: [local("echo")] });\n';
const ANSWER = "input: z.object({ name: z.string() }), prompt: () => [prompt.user`Say hello.`]";

const DIGEST = new Bun.CryptoHasher("sha256").update("a key").digest("hex");

/** What the compiler says of a config. */
async function problemsOf(text: string): Promise<readonly string[]> {
  writeFileSync(configFile, PREAMBLE + text);
  const { diagnostics } = await compile({ configFile });
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `error ${code}: ${message}`);
}

describe("parts of configs in the documents", () => {
  test("README.md: a model and an endpoint", async () => {
    const text = fragment("README.md", "const fast = model(");
    const gateway = `export default defineGateway({ providers: { oai, local }, models: { fast }, endpoints: { sentiment },
      services: { texts: service({ owner: platform, offers: [sentiment] }) }, tenants: { platform } });`;
    expect(await problemsOf(`${text}\nconst platform = tenant({});\n${gateway}`)).toEqual([]);
  });

  test("docs/config.md: a deprecated version with its successor", async () => {
    const text = fragment("docs/config.md", "successor: sentimentV2");
    expect(text).toContain(", … }");
    const old = text.trim().replace(", … }", `, model: fast, ${ANSWER} }`);
    const gateway = `const sentimentV2 = endpoint({ version: "2.0.0", status: "published", model: fast, ${ANSWER} });
      const sentiment = [sentimentV2, ${old}] as const;
      const platform = tenant({});
      const texts = service({ owner: platform, offers: [...sentiment] });
      export default defineGateway({ providers: { local }, models: { fast }, endpoints: { sentiment },
        services: { texts }, tenants: { platform } });`;
    expect(await problemsOf(FAST + gateway)).toEqual([]);
  });

  test("docs/config.md: a declared key", async () => {
    const text = fragment("docs/config.md", "key({ digest:");
    expect(text).toContain('"sha256:…"');
    const declared = text.trim().replace("…", DIGEST);
    const gateway = `const platform = tenant({});
      const texts = service({ owner: platform, offers: [fast], visibility: "everyone" });
      const shop = tenant({ apps: { checkout: app({ uses: [texts], keys: { live: ${declared} } }) } });
      export default defineGateway({ providers: { local }, models: { fast }, services: { texts }, tenants: { platform, shop } });`;
    expect(await problemsOf(FAST + gateway)).toEqual([]);
  });

  test("docs/config.md: an invariant, and what is said where it does not hold", async () => {
    const text = fragment("docs/config.md", "invariant(");
    const said = fragment("docs/config.md", "error LK1801");
    const gateway = `const far = demo({ region: "us" });
      const wide = model({ targets: [far("echo")] });
      const platform = tenant({});
      const texts = service({ owner: platform, offers: [wide], visibility: "everyone" });
      const contractors = tenant({ apps: { desk: app({ uses: [texts], keys: { live: key({ digest: "sha256:${DIGEST}" }) } }) } });
      export default defineGateway({ providers: { far }, models: { wide }, services: { texts }, tenants: { platform, contractors },
        invariants: [${text.trim().replace(/,$/, "")}] });`;
    expect(await problemsOf(gateway)).toEqual([said.trim()]);
  });

  test("docs/limits.md: limits of a tenant and of an application", async () => {
    const text = fragment("docs/limits.md", "limits: [rate(");
    const gateway = `const platform = tenant({});
      const texts = service({ owner: platform, offers: [fast], visibility: "everyone" });
      const shop = ${text.trim()};
      export default defineGateway({ providers: { local }, models: { fast }, services: { texts }, tenants: { platform, shop } });`;
    expect(await problemsOf(FAST + gateway)).toEqual([]);
  });
});

describe("calls in the documents", () => {
  let gateway: RunningGateway;
  let environment: Record<string, string>;
  const home = join(folder, "home");

  /** Runs a program to its end and answers what it wrote; where it fails, so does the test. */
  async function run(...command: string[]): Promise<string> {
    const child = Bun.spawn(command, {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
    });
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    expect({ command, code: await child.exited, out, err }).toMatchObject({ code: 0 });
    return out;
  }

  /** A block for a shell, at the gateway of this test. */
  function shell(text: string): Promise<string> {
    const here = text
      .replaceAll(/http:\/\/127\.0\.0\.1:8787|https:\/\/gateway\.example/g, gateway.url)
      .replaceAll(/^curl /gm, "curl -sS --fail-with-body ")
      .replaceAll(/^latchkey /gm, `${process.execPath} ${join(root, "src/cli/main.ts")} `);
    return run("sh", "-c", here);
  }

  beforeAll(async () => {
    const own = readFileSync(join(root, "gateway.config.ts"), "utf8");
    const shop =
      'shop: tenant({ members: { "dev@example.com": "owner" }, apps: { checkout: app({ uses: [texts] }) } }),';
    writeFileSync(configFile, own.replace("demo: demoTeam", `demo: demoTeam, ${shop}`));
    gateway = await runGateway(configFile);
    mkdirSync(join(home, ".config/latchkey"), { recursive: true });
    const file = join(home, ".config/latchkey/token");
    environment = { HOME: home };
    await run(
      process.execPath,
      ...[join(root, "src/cli/main.ts"), "tokens", "new", "docs", "--for", "dev@example.com"],
      ...["--out", file, "--config", configFile],
    );
    environment = {
      HOME: home,
      LATCHKEY_TOKEN: readFileSync(file, "utf8").trim(),
      LATCHKEY_KEY: gateway.keys["demo.playground"] ?? "",
    };
  }, 30_000);
  afterAll(async () => {
    await gateway.stop();
  });

  test("README.md: the commands of npm are there", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const lines = ["npm start", "npm test"].flatMap((part) => fragment("README.md", part).trim().split("\n"));
    expect(lines.filter((line) => line !== "npm install")).toEqual(["npm start", "npm test"]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["start", "test"]));
  });

  test("README.md: the first calls", async () => {
    const chat = JSON.parse(await shell(fragment("README.md", "/v1/chat/completions")));
    expect(chat.choices[0].message.content).toBe("Hello");
    const rating = JSON.parse(await shell(fragment("README.md", "/api/sentiment/v1")));
    expect(rating).toEqual({ label: expect.any(String), confidence: expect.any(Number) });
  });

  test("README.md: the typed client", async () => {
    const text = fragment("README.md", "createClient<").replace("http://127.0.0.1:8787", gateway.url);
    writeFileSync(
      join(folder, "client.ts"),
      `import { createClient } from "latchkey/client";\nimport type gateway from "./gateway.config.ts";
       const key = process.env["LATCHKEY_KEY"] ?? "";\n${text}\nconsole.log(label);`,
    );
    expect(await run(process.execPath, join(folder, "client.ts"))).toMatch(/^(positive|neutral|negative)\n$/);
  });

  test("docs/admin-api.md: its document, its client and the form of its errors", async () => {
    const document = JSON.parse(await shell(fragment("docs/admin-api.md", "openapi.json")));
    expect(document.openapi).toStartWith("3.1");
    const text = fragment("docs/admin-api.md", "createAdminClient(");
    expect(text).toContain(") …\n");
    const program = text
      .replace("https://gateway.example", gateway.url)
      .replace(") …\n", ") console.log(id, lastUsedAtMs);\n");
    const from = join(root, "src/admin");
    writeFileSync(
      join(folder, "admin.ts"),
      `import { createAdminClient } from "${from}/client.ts";\nimport { eachItem } from "${from}/client/each-item.ts";
       ${program}\nconsole.log(text);`,
    );
    expect(await run(process.execPath, join(folder, "admin.ts"))).toMatch(/^\w+ null\nlk_live_\w+\n$/);
    const documented = JSON.parse(fragment("docs/admin-api.md", '"LK-2102"'));
    const answer = await fetch(`${gateway.url}/admin/v1/tenants/shop/subscriptions`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${environment["LATCHKEY_TOKEN"]}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({
        app: "checkout",
        service: "texts",
        purpose: "Tests",
        terms: { model: ["fast"] },
      }),
    });
    expect(await answer.json()).toEqual(documented);
  }, 15_000);

  test("docs/cli.md: a command at a gateway", async () => {
    expect(await shell(fragment("docs/cli.md", "--gateway"))).toContain("nightly");
  });

  test("docs/http.md: an error, and the end of a stream that was cut short", async () => {
    const documented = JSON.parse(fragment("docs/http.md", "LK-2004"));
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${environment["LATCHKEY_KEY"]}` },
      body: JSON.stringify({ model: "none", messages: [{ role: "user", content: "Hello" }] }),
    });
    const told = (await answer.json()) as { error: Record<string, unknown> };
    expect({ error: { ...told.error, message: "…" } }).toEqual(documented);
    const [, last = ""] = /^data: (.+)\n$/.exec(fragment("docs/http.md", "LK-3008")) ?? [];
    expect(Object.keys(JSON.parse(last).error)).toEqual(Object.keys(told.error));
  });
});

describe("other blocks in the documents", () => {
  test("docs/backends.md: a key as a subprotocol", () => {
    const offered: unknown[] = [];
    class Socket {
      constructor(url: string, protocols: readonly string[]) {
        offered.push(new URL(url).protocol, protocols);
      }
    }
    new Function("WebSocket", "key", fragment("docs/backends.md", "new WebSocket("))(Socket, "lk_x");
    expect(offered).toEqual(["wss:", ["latchkey", "latchkey-key.lk_x"]]);
    const headers = new Headers({
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-protocol": "latchkey, latchkey-key.lk_x",
    });
    expect(webSocketKeys(headers)).toEqual(["lk_x"]);
  });

  test("docs/notifications.md: the body of a webhook", () => {
    const body = JSON.parse(fragment("docs/notifications.md", '"version": 1'));
    expect(Object.keys(body)).toEqual(["version", "id", "event", "time", "tenant", "data"]);
    expect(new Date(body.time).toISOString()).toBe(body.time);
  });

  test("there is none that no test runs", () => {
    const documents = ["README.md", ...new Glob("docs/*.md").scanSync(root)];
    const blocks = documents.flatMap((document) =>
      fragmentsOf(document).map((body) => `${document}\n${body}`),
    );
    expect(blocks.filter((block) => !used.has(block))).toEqual([]);
  });
});

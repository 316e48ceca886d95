import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { afterTest } from "../support/after-test.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { call } from "./support/calls.ts";
import { startCli } from "./support/cli-process.ts";
import { configText, project } from "./support/project.ts";

// Processes share the machine with whatever else runs.
setDefaultTimeout(60_000);

const answer = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1,
  model: "private",
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "trusted" } }],
};

/** A server whose certificate no system knows; answers its base URL and the file of the certificate. */
async function startPrivate(): Promise<{ readonly baseUrl: string; readonly certificate: string }> {
  const folder = tempFolder();
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = Bun.spawnSync([
    ...["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-days", "2", "-keyout", key, "-out", cert, "-subj", "/CN=private"],
    ...["-addext", "subjectAltName=IP:127.0.0.1"],
  ]);
  expect(made.exitCode).toBe(0);
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    tls: { key: Bun.file(key), cert: Bun.file(cert) },
    fetch: () => Response.json(answer),
  });
  afterTest(() => server.stop(true));
  return { baseUrl: `https://127.0.0.1:${server.port}/v1`, certificate: cert };
}

test("a provider behind a private CA is reached with NODE_EXTRA_CA_CERTS, and not without", async () => {
  const { baseUrl, certificate } = await startPrivate();
  const root = project(
    configText()
      .replace("demo, env", "demo, openaiCompatible, env")
      .replace("const local = demo();", `const local = openaiCompatible({ baseUrl: "${baseUrl}" });`)
      .replace('local("echo")', 'local("private", { price: { input: "0 USD", output: "0 USD" } })'),
  );
  const trusting = startCli(["start", "--threads", "1"], root, { NODE_EXTRA_CA_CERTS: certificate });
  const { url } = await trusting.event("serving");
  expect(await (await call(String(url), root)).json()).toMatchObject({
    choices: [{ message: { content: "trusted" } }],
  });
  trusting.signal("SIGTERM");
  await trusting.exited;
  const plain = startCli(["start", "--threads", "1"], root);
  const refused = await call(String((await plain.event("serving"))["url"]), root);
  expect(refused.status).toBe(502);
});

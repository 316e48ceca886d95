import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { configFolder } from "../compiler/support/config-folder.ts";
import { type RunningGateway, runGateway } from "../support/run-gateway.ts";

let gateway: RunningGateway;
beforeAll(async () => {
  const folder = configFolder({
    "gateway.config.ts": `
import { app, defineGateway, demo, endpoint, model, prompt, service, tenant } from "latchkey/config";
import { z } from "zod";
const local = demo();
const fast = model({ targets: [local("echo")] });
const base = { model: fast, input: z.object({ text: z.string() }), prompt: ({ text }) => [prompt.user\`\${text}\`] };
const third = endpoint({ ...base, version: "3.0.0" });
const second = endpoint({
  ...base, version: "2.0.0", status: "deprecated",
  deprecation: { since: "2026-01-01", sunset: "2027-01-01", successor: third },
});
const first = endpoint({ ...base, version: "1.0.0", status: "retired", deprecation: { successor: third } });
const lost = endpoint({ ...base, version: "1.0.0", status: "retired" });
const team = tenant({ apps: { site: app({ uses: () => [all], starterKey: true }) } });
const all = service({ owner: team, offers: [first, second, third, lost], visibility: "everyone" });
export default defineGateway({
  providers: { local }, models: { fast }, endpoints: { write: [third, second, first], lost },
  services: { all }, tenants: { team },
});
`,
  });
  gateway = await runGateway(join(folder, "gateway.config.ts"));
});
afterAll(() => gateway.stop());

function call(path: string): Promise<Response> {
  const authorization = `Bearer ${gateway.keys["team.site"]}`;
  const headers = { authorization, "content-type": "application/json" };
  return fetch(`${gateway.url}/api/${path}`, { method: "POST", headers, body: '{"text":"Hello"}' });
}

const told = (response: Response) =>
  ["deprecation", "sunset", "link"].map((name) => response.headers.get(name));
const link = `</api/write/v3>; rel="successor-version"`;

describe("versions of an endpoint that are left behind", () => {
  test("say since when, until when and what follows, while they answer", async () => {
    const response = await call("write/v2");
    expect(response.status).toBe(200);
    expect(told(response)).toEqual(["@1767225600", "Fri, 01 Jan 2027 00:00:00 GMT", link]);
    expect(told(await call("write/v3"))).toEqual([null, null, null]);
  });

  test("name their successor once they are retired, and make up no date", async () => {
    const response = await call("write/v1");
    expect(response.status).toBe(410);
    expect(told(response)).toEqual([null, null, link]);
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    expect(error.code).toBe("LK-2008");
    expect(error.message).toStartWith(
      "write@1.0.0 has been retired; write@3.0.0 at /api/write/v3 takes its place.",
    );
  });

  test("say plainly that they are retired where nothing follows", async () => {
    const response = await call("lost/v1");
    expect([response.status, ...told(response)]).toEqual([410, null, null, null]);
    expect(await response.text()).toContain("lost@1.0.0 has been retired.");
  });
});

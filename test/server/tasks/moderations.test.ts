import { describe, expect, test } from "bun:test";
import OpenAI from "openai";
import { failureOf, sample, startTasks } from "./support.ts";

describe("moderations", () => {
  test("pass to a vendor with OpenAI's API", async () => {
    const gateway = await startTasks([{ moderations: "openai" }]);
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    gateway.vendors[0].answer = () => sample("moderations/openai.json");
    const answer = await client.moderations.create({ model: "fast", input: "text" });
    expect(answer).toMatchObject((await sample("moderations/openai.json").json()) as object);
    expect(gateway.vendors[0].seen[0]?.json).toEqual({ model: "upstream-0", input: "text" });
    expect(await gateway.row()).toMatchObject({ path: "/v1/moderations", status: 200, service: "texts" });
    gateway.vendors[0].answer = () => Response.json({ error: { message: "too long" } }, { status: 400 });
    expect(await failureOf(client.moderations.create({ model: "fast", input: "text" }))).toMatchObject({
      status: 400,
    });
    expect(await failureOf(client.moderations.create({ input: "text" }))).toMatchObject({
      code: "LK-2102",
      param: "model",
    });
    await gateway.stop();
  });

  test("are translated for a vendor with an API of its own", async () => {
    const gateway = await startTasks([{ moderations: "mistral" }]);
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
    gateway.vendors[0].answer = () => sample("moderations/mistral.json");
    const { results } = await client.moderations.create({ model: "fast", input: ["text"] });
    expect(results[0]).toMatchObject({ flagged: true, categories: { violence: true, sexual: false } });
    const image = { type: "image_url" as const, image_url: { url: "https://a.example/b.png" } };
    expect(await failureOf(client.moderations.create({ model: "fast", input: [image] }))).toMatchObject({
      status: 400,
      code: "LK-2110",
      param: "input",
    });
    await gateway.stop();
  });
});

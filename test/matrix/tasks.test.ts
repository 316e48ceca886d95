import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { CohereClientV2 } from "cohere-ai";
import { failureOf, type TaskFixture } from "../server/tasks/support.ts";
import { startCase } from "../server/tasks/task-cases.ts";
import { taskClients } from "./clients/tasks.ts";
import { embeddingCases, furtherCases } from "./task-cases.ts";

describe.each(furtherCases.map((task) => [task.name, task] as const))("%s", (_name, task) => {
  let gateway: TaskFixture;
  beforeAll(async () => {
    gateway = await startCase(task);
  });
  afterAll(() => gateway.stop());

  test.each(
    taskClients.filter(({ api }) => api === task.api).map((client) => [client.name, client] as const),
  )("%s", async (_client, client) => {
    const endpoint = { origin: gateway.url, key: gateway.key, model: "fast" };
    const { refused = {}, unread = {} } = client;
    const member = refused[task.shape] ?? unread[task.shape];
    if (member !== undefined) {
      const code = refused[task.shape] === undefined ? "" : "LK-2110";
      const thrown = JSON.stringify(await failureOf(client.use(endpoint)));
      expect([thrown.includes(member), thrown.includes(code)]).toEqual([true, true]);
      return;
    }
    const answer = await client.use(endpoint);
    expect(task.isWhole(answer, task.body) || answer).toBe(true);
    expect(gateway.vendors[0].seen.at(-1)?.headers.get("authorization")).not.toContain(gateway.key);
  });
});

describe("cohere-ai on the APIs that callers do not speak", () => {
  test("is told that the path is not there, in words that it shows", async () => {
    const [task] = embeddingCases.filter(({ shape }) => shape === "cohere");
    if (task === undefined) throw new Error("no vendor of Cohere's kind");
    const gateway = await startCase(task);
    const client = new CohereClientV2({ token: gateway.key, environment: gateway.url, maxRetries: 0 });
    const embed = client.embed({ model: "fast", inputType: "search_query", texts: ["a"] });
    const chat = client.chat({ model: "fast", messages: [{ role: "user", content: "Hi" }] });
    for (const refused of [embed, chat])
      expect(await failureOf(refused)).toMatchObject({
        statusCode: 404,
        body: { error: { code: "LK-2006" } },
      });
    await gateway.stop();
  });
});

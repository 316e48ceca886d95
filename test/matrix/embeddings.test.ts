import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { TaskFixture } from "../server/tasks/support.ts";
import { startCase } from "../server/tasks/task-cases.ts";
import { embeddingClients } from "./clients/embeddings.ts";
import { embeddingCases } from "./task-cases.ts";

describe.each(embeddingCases.map((task) => [task.name, task] as const))("%s", (_name, task) => {
  let gateway: TaskFixture;
  beforeAll(async () => {
    gateway = await startCase(task);
  });
  afterAll(() => gateway.stop());

  test.each(embeddingClients.map((client) => [client.name, client] as const))(
    "%s",
    async (_client, client) => {
      const texts = task.body["input"] as readonly string[];
      const target = { origin: gateway.url, key: gateway.key, model: "fast" };
      const expected =
        task.shape === "perplexity"
          ? [[-128, 0, 127]]
          : [
              [0.25, -0.5],
              [1.5, 2],
            ].slice(0, texts.length);
      const made = await client.embed(target, texts);
      expect(made.map((vector) => [...vector])).toEqual(expected);
      expect(gateway.vendors[0].seen.at(-1)?.headers.get("authorization")).not.toContain(gateway.key);
    },
  );
});

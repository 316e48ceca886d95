import { describe, expect, test } from "bun:test";
import { type ListedModel, renderModel, renderModelsList } from "../../../src/dialects/gemini/models-list.ts";

const names = (count: number): readonly ListedModel[] =>
  Array.from({ length: count }, (_, index) => ({ id: `model-${String(index).padStart(4, "0")}` })).reverse();

describe("a list of models", () => {
  test("has names, sizes and methods in Gemini's words", () => {
    expect(
      renderModel({ id: "team/fast", displayName: "Fast", contextWindow: 1_000, maxOutputTokens: 100 }),
    ).toEqual({
      name: "models/team/fast",
      displayName: "Fast",
      inputTokenLimit: 1_000,
      outputTokenLimit: 100,
      supportedGenerationMethods: ["generateContent", "streamGenerateContent", "countTokens"],
    });
    expect(renderModel({ id: "vectors", methods: ["embedContent"] })).toEqual({
      name: "models/vectors",
      displayName: "vectors",
      supportedGenerationMethods: ["embedContent"],
    });
    expect(renderModelsList([])).toEqual({ models: [] });
  });

  test("is cut into pages that hold every model once, in one order", () => {
    for (const pageSize of [null, "1", "7", "50", "1000000"]) {
      const seen: string[] = [];
      let pageToken: string | null = null;
      do {
        const page = renderModelsList(names(101), { pageSize, pageToken });
        const models = page["models"] as readonly { name: string }[];
        expect(models.length).toBeLessThanOrEqual(pageSize === null ? 50 : Number(pageSize));
        seen.push(...models.map(({ name }) => name));
        pageToken = (page["nextPageToken"] as string | undefined) ?? null;
      } while (pageToken !== null);
      expect(seen).toEqual(
        names(101)
          .map(({ id }) => `models/${id}`)
          .reverse(),
      );
    }
  });

  test("goes on behind the last name when the list has changed in between", () => {
    const { nextPageToken } = renderModelsList(names(10), { pageSize: "5" });
    const rest = renderModelsList(
      names(10).filter(({ id }) => id !== "model-0004"),
      { pageToken: String(nextPageToken) },
    );
    expect(rest["models"]).toMatchObject(
      [5, 6, 7, 8, 9].map((index) => ({ name: `models/model-000${index}` })),
    );
  });

  test.each([
    [{ pageSize: "-1" }, "pageSize"],
    [{ pageSize: "many" }, "pageSize"],
    [{ pageToken: "not base64!" }, "pageToken"],
  ])("cannot have a page %j", (page, param) => {
    expect(() => renderModelsList(names(3), page)).toThrow(
      expect.objectContaining({ code: "LK-2102", param }),
    );
  });
});

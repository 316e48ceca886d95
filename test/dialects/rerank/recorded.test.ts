import { describe, expect, test } from "bun:test";
import { coherePassthrough, rerankEgresses, rerankIngress } from "../../../src/dialects/rerank/index.ts";
import type { JsonObject } from "../../../src/kernel/json.ts";
import { recordedExchanges } from "../../support/recorded-exchanges.ts";

const all = recordedExchanges("rerank");
// Amazon's own API of that name, which is not the one that models are invoked through, has other words.
const isOther = ({ provider }: { readonly provider: string }): boolean => provider === "bedrock";
const spoken = all.filter((exchange) => !isOther(exchange));

describe("recorded answers", () => {
  test.each(spoken.map((each) => [each.name, each] as const))("%s", (_name, { provider, body, request }) => {
    const shape = provider === "voyage" ? "voyage" : "cohere";
    const answer = JSON.parse(Buffer.from(body).toString());
    const sent = request as { readonly documents?: readonly string[] } | undefined;
    const documents = sent?.documents ?? ["a", "b", "c", "d", "e", "f"];
    const asked = { model: "m", query: "q", documents, returnDocuments: true };
    const response = rerankEgresses[shape].parseResponse(answer, asked);
    const results: readonly JsonObject[] = answer.results ?? answer.data;
    expect(response?.results as unknown).toEqual(
      results.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
    );
    const usage = response?.usage;
    expect((usage?.searchUnits ?? 0) + (usage?.input ?? 0)).toBe(
      answer.meta?.billed_units.search_units ?? answer.usage.total_tokens,
    );
    expect(coherePassthrough.readAnswer(body)).toEqual({ ok: true, usage });

    // The same order reaches the caller, with the documents where the vendor sent them or not.
    const rendered = rerankIngress.renderResponse(response ?? { results: [] }, {
      request: asked,
      model: "m",
      requestId: "r",
    });
    expect(rerankEgresses.cohere.parseResponse(JSON.parse(JSON.stringify(rendered)), asked)).toMatchObject({
      results: response?.results as never,
      usage: usage as never,
    });
    const [first] = rendered["results"] as readonly JsonObject[];
    expect(first?.["document"]).toEqual({ text: documents[results[0]?.["index"] as number] ?? "" });
  });

  const requests = spoken.filter(({ request }) => request !== undefined);
  test.each(requests.map((each) => [each.name, each] as const))("the request of %s", (_name, { request }) => {
    const body = request as JsonObject;
    const parsed = rerankIngress.parseRequest(body);
    expect(parsed.losses).toEqual([]);
    const again = rerankEgresses.cohere.renderRequest(parsed.request, {
      upstreamModel: parsed.request.model,
    });
    expect(again).toEqual({ body, losses: [] });
    const envelope = coherePassthrough.readEnvelope(Buffer.from(JSON.stringify(body)), {});
    expect(coherePassthrough.canPass(envelope)).toBe(true);
  });

  const others = all.filter(isOther);
  test.each(others.map((each) => [each.name, each] as const))("%s is none of ours", (_name, { body }) => {
    const answer = JSON.parse(Buffer.from(body).toString());
    const asked = { model: "m", query: "q", documents: ["a"] };
    for (const egress of Object.values(rerankEgresses))
      expect(egress.parseResponse(answer, asked)).toBeUndefined();
  });
});

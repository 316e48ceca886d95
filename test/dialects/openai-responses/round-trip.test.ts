import { expect, test } from "bun:test";
import fc from "fast-check";
import { openaiResponses } from "../../../src/dialects/openai-responses/index.ts";
import { requestBody } from "./support/request-arbitrary.ts";

const { egress, ingress } = openaiResponses;
/** A model that takes all that the dialect has. */
const traits = { upstreamModel: "m", quirks: { cacheBreakpoints: true, encryptedReasoning: false } };

test("a request comes out of the canonical form as it went in", () => {
  fc.assert(
    fc.property(requestBody, (body) => {
      const { request, losses } = ingress.parseRequest({ body });
      expect(losses).toEqual([]);
      const rendered = egress.renderRequest(request, traits);
      expect(rendered.losses).toEqual([]);
      expect(rendered.body).toEqual(body);
    }),
    { numRuns: 200 },
  );
});

test("a request is the same in the canonical form after another time through the wire's", () => {
  fc.assert(
    fc.property(requestBody, (body) => {
      const { request } = ingress.parseRequest({ body });
      const again = egress.renderRequest(request, traits).body;
      expect(ingress.parseRequest({ body: again }).request).toEqual(request);
    }),
  );
});

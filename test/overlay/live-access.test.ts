import { afterAll, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { systemClock } from "../../src/kernel/clock.ts";
import { accessRows } from "../../src/overlay/access.ts";
import { Overlay } from "../../src/overlay/overlay.ts";
import { decisionsOf } from "../support/decisions-of.ts";
import { type GatewayFixture, startGateway } from "../support/gateway-fixture.ts";
import { anyArtifact, anyKey, anySubscription, keyTexts } from "./support/any-world.ts";

setDefaultTimeout(120_000);

const upstream = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response("here") });
afterAll(() => upstream.stop(true));

/** What each key can really call: asked for over HTTP, thing by thing. */
async function answers(gateway: GatewayFixture, overlay: Overlay): Promise<readonly string[]> {
  const { models, backends } = overlay.index.artifact;
  const asked = keyTexts.flatMap((text) =>
    [
      ...models.map(({ name }) => ({ name, path: `/v1/models/${name}` })),
      ...backends.map(({ name, version }) => ({ name: `${name}@${version}`, path: `/${name}/anything` })),
    ].map(async ({ name, path }) => {
      const answer = await fetch(gateway.url + path, { headers: { authorization: `Bearer ${text}` } });
      await answer.text();
      expect([200, 401, 403, 404]).toContain(answer.status);
      return answer.status === 200 ? [`${keyTexts.indexOf(text)} ${name}`] : [];
    }),
  );
  return (await Promise.all(asked)).flat().sort();
}

test("the matrix says what callers are really answered, for any config and any decisions", async () => {
  const gateway = await startGateway({ baseUrls: ["http://127.0.0.1:9"] });
  const origin = `http://127.0.0.1:${upstream.port}`;
  await fc.assert(
    fc.asyncProperty(
      anyArtifact,
      fc.array(anyKey),
      fc.array(anySubscription),
      async (drawn, keys, subscriptions) => {
        const artifact = {
          ...drawn,
          backends: drawn.backends.map((row) => ({
            ...row,
            upstreams: [{ origin, pathPrefix: "", host: null, weight: 1 }],
          })),
        };
        const decisions = decisionsOf(keys, subscriptions);
        const overlay = new Overlay(artifact, decisions, systemClock);
        const digests = new Map([...overlay.keys()].map(({ reference, row }) => [reference, row.digest]));
        const position = new Map(
          keyTexts.map((text, at) => [new Bun.CryptoHasher("sha256").update(text).digest("hex"), at]),
        );
        const matrix = [...accessRows(overlay)].flatMap(({ key, models, backends }) =>
          [...models, ...backends].map((name) => `${position.get(digests.get(key) ?? "")} ${name}`),
        );
        await gateway.reload({ baseUrls: ["http://127.0.0.1:9"], extend: () => artifact, decisions });
        expect(await answers(gateway, overlay)).toEqual(matrix.sort());
      },
    ),
    { numRuns: 40 },
  );
  await gateway.stop();
});

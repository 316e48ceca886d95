import { expect, test } from "bun:test";
import fc from "fast-check";
import { anyRequest } from "./support/any-request.ts";
import { mutatedRequests } from "./support/mutated-request.ts";
import { startNodeServer } from "./support/node-server.ts";
import { readRequests } from "./support/read-requests.ts";

/** Many connections, on a machine that may be busy. */
const TIMEOUT_MS = 30_000;

/** An absolute target is taken apart here, and left as it is by Node. */
function withoutOrigin(target: string): string {
  const rest = target.replace(/^https?:\/\/[^/?#]+/i, "");
  return rest.startsWith("/") || rest === target ? rest : `/${rest}`;
}

test(
  "Node reads valid requests as the front does",
  async () => {
    const node = await startNodeServer();
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { minLength: 1, maxLength: 4 }), async (all) => {
        const { requests } = await readRequests(all.map(({ text }) => text).join(""));
        expect(requests).toHaveLength(all.length);
        const understood = await node.ask(requests.map(({ sent }) => sent).join(""), requests.length);
        expect(understood.map((one) => ({ ...(one as object), target: undefined }))).toEqual(
          requests.map(({ sent: _, ...request }) => ({ ...request, target: undefined })),
        );
      }),
      { numRuns: 300 },
    );
  },
  TIMEOUT_MS,
);

test(
  "Node finds nothing else in any request that the front accepts, and the next one where the front does",
  async () => {
    const node = await startNodeServer();
    let agreed = 0;
    await fc.assert(
      fc.asyncProperty(mutatedRequests, async (text) => {
        const { requests, end } = await readRequests(text);
        for (const [at, request] of requests.entries()) {
          if (request.method === "HEAD") continue;
          const [alone] = await node.ask(request.sent, 1);
          // Where Node is the stricter one, nobody is misled.
          if (alone === undefined || typeof alone === "string") continue;
          const [path, ...query] = withoutOrigin(alone.target).split("?");
          expect([alone.method, path, query.join("?"), alone.headers, alone.body]).toEqual([
            request.method,
            request.path,
            request.query,
            request.headers,
            request.body,
          ]);
          agreed++;
          if (end === "closed" && at === requests.length - 1) continue;
          const [, next] = await node.ask(`${request.sent}GET /next HTTP/1.1\r\nHost: a\r\n\r\n`, 2);
          // Node also takes trailers for headers, and so may end where the front goes on.
          if (next !== undefined) expect(next).toMatchObject({ method: "GET", target: "/next" });
        }
      }),
      { numRuns: 800 },
    );
    expect(agreed).toBeGreaterThan(200);
  },
  TIMEOUT_MS,
);

import { describe, expect, test } from "bun:test";
import { AwsV4Signer } from "aws4fetch";
import fc from "fast-check";
import { type AwsCredentials, Sigv4Signer } from "../../../src/providers/auth/sigv4.ts";

const credentials: AwsCredentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
const host = "bedrock-runtime.eu-central-1.amazonaws.com";

async function reference(
  path: string,
  body: Uint8Array,
  nowMs: number,
  sessionToken?: string,
): Promise<string | null> {
  const signer = new AwsV4Signer({
    ...credentials,
    ...(sessionToken !== undefined && { sessionToken }),
    method: "POST",
    url: `https://${host}${path}`,
    region: "eu-central-1",
    service: "bedrock",
    datetime: new Date(nowMs).toISOString().replace(/[-:]|\.\d{3}/g, ""),
    headers: { "x-amz-content-sha256": Bun.SHA256.hash(body, "hex") },
    body: new Uint8Array(body),
  });
  return (await signer.sign()).headers.get("authorization");
}

describe("a signature", () => {
  test("is the one of another implementation, whatever the path, body, time and token", async () => {
    const segment = fc.constantFrom(
      "model",
      "converse",
      "anthropic.claude-3-5-sonnet-20240620-v1%3A0",
      "a%20b",
      "x~y_z.1",
      "arn%3Aaws%3Abedrock%3A%3A1%2Fprofile",
    );
    const query = fc.constantFrom("", "?x=1", "?b=2&a=1", "?flag=");
    const token = fc.option(fc.constantFrom("FwoGZXIvYXdzEBYaD", "a/b+c=="), { nil: undefined });
    const property = fc.asyncProperty(
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      query,
      fc.uint8Array({ maxLength: 100 }),
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      token,
      async (segments, search, body, nowMs, sessionToken) => {
        const path = `/${segments.join("/")}${search}`;
        const signer = new Sigv4Signer(
          { ...credentials, ...(sessionToken !== undefined && { sessionToken }) },
          "eu-central-1",
          "bedrock",
        );
        const headers = new Map(signer.sign({ method: "POST", path, host, body, nowMs }));
        expect(headers.get("authorization")).toBe(
          (await reference(path, body, nowMs, sessionToken)) ?? "none",
        );
        expect(headers.get("x-amz-security-token")).toBe(sessionToken);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });

  test("follows the day, also for a signer that has signed before", async () => {
    const signer = new Sigv4Signer(credentials, "eu-central-1", "bedrock");
    const body = Buffer.from("{}");
    for (const nowMs of [0, 86_399_999, 86_400_000, 3 * 86_400_000, 0]) {
      const [[, authorization] = ["", ""]] = signer.sign({ method: "POST", path: "/x", host, body, nowMs });
      expect(authorization).toBe((await reference("/x", body, nowMs)) ?? "none");
    }
  });
});

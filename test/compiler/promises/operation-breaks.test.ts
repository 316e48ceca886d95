import { describe, expect, test } from "bun:test";
import type { ArtifactOperation, ArtifactParameter } from "../../../src/artifact/artifact.ts";
import { backendBreaks } from "../../../src/compiler/promises/backend-breaks.ts";
import { operationBreaks } from "../../../src/compiler/promises/operation-breaks.ts";
import { plainBackend } from "../../support/artifact-defaults.ts";

const operation = (fields: Partial<ArtifactOperation> = {}): ArtifactOperation => ({
  ...{ operationId: null, summary: null, deprecated: false, parameters: [], body: null },
  ...fields,
});

const parameter = (name: string, fields: Partial<ArtifactParameter> = {}): ArtifactParameter => ({
  ...{ name, in: "query", required: false, list: null, schema: { type: "string" } },
  ...fields,
});

const json = (schema: Record<string, unknown> | null, required = false): ArtifactOperation => ({
  ...operation({ body: { required, content: [{ mediaType: "application/json", schema }] } }),
});

describe("an operation", () => {
  test("may ask for less, and take more", () => {
    const before = operation({ parameters: [parameter("limit", { required: true })] });
    const after = operation({ parameters: [parameter("limit"), parameter("page")] });
    expect(operationBreaks(before, after)).toEqual([]);
    expect(operationBreaks(json({ type: "string" }, true), json(null))).toEqual([]);
    expect(operationBreaks(json({ type: "string" }), operation())).toEqual([]);
    expect(operationBreaks(before, null)).toEqual([]);
  });

  test("breaks callers by a parameter that is required, narrower or written otherwise", () => {
    const before = operation({ parameters: [parameter("limit"), parameter("X-Team", { in: "header" })] });
    const narrower = parameter("limit", { schema: { type: "integer" }, list: "commas" });
    const after = operation({
      parameters: [
        narrower,
        parameter("x-team", { in: "header", required: true }),
        parameter("new", { required: true }),
      ],
    });
    expect(operationBreaks(before, after)).toEqual([
      "query.limit is written as another kind of list",
      expect.stringMatching(/^query\.limit .*string/),
      "header.x-team is required now",
      "query.new is required now",
    ]);
  });

  test("does not mind how a parameter of the path is called", () => {
    const [before, after] = ["id", "order"].map((name) =>
      operation({ parameters: [parameter(name, { in: "path", required: true })] }),
    );
    expect(operationBreaks(before ?? null, after ?? null)).toEqual([]);
  });

  test("breaks callers by a body that is required, narrower, of fewer types, or checked for the first time", () => {
    const [text, number] = [json({ type: "string" }), json({ type: "number" }, true)];
    expect(operationBreaks(text, number)).toEqual(["body is required now", expect.stringMatching(/^body /)]);
    expect(operationBreaks(json(null), text)).toEqual([
      "body of application/json is checked now, and was not",
    ]);
    expect(operationBreaks(operation(), text)).toEqual(["body is checked now, and was not"]);
    const csv = operation({ body: { required: false, content: [{ mediaType: "text/csv", schema: null }] } });
    expect(operationBreaks(csv, text)).toEqual(["body may no longer be text/csv"]);
    const any = operation({ body: { required: false, content: [{ mediaType: "text/*", schema: null }] } });
    expect(operationBreaks(csv, any)).toEqual([]);
    expect(operationBreaks(null, text)).toEqual(["is checked against a document now, and was not"]);
    expect(operationBreaks(null, operation())).toEqual([]);
  });
});

describe("a backend version", () => {
  const route = (
    path: string,
    methods: string[] | null = null,
    checked: ArtifactOperation | null = null,
  ) => ({
    ...{ path, methods, rewritePath: null, operation: checked },
  });
  const backend = (fields: Parameters<typeof plainBackend>[2]) =>
    plainBackend("orders", "http://127.0.0.1:9", { validate: "refuse", ...fields });

  test("may take more paths and other upstreams", () => {
    const before = backend({ routes: [route("/a/{id}", ["GET"])] });
    expect(backendBreaks(before, backend({ routes: [route("/a/*")] }))).toEqual([]);
    expect(backendBreaks(before, backend({ routes: null }))).toEqual([]);
    expect(backendBreaks(before, backend({ routes: [route("/a/{name}", ["GET", "PUT"])] }))).toEqual([]);
  });

  test("breaks callers by paths and methods that it no longer takes", () => {
    const before = backend({ routes: [route("/a", ["GET", "PUT"]), route("/b")] });
    const after = backend({ routes: [route("/a", ["GET"]), route("/b", ["GET"])] });
    expect(backendBreaks(before, after)).toEqual([
      { option: "routes", says: "it no longer takes PUT /a" },
      { option: "routes", says: "it no longer takes any method /b" },
    ]);
    expect(backendBreaks(backend({ routes: null }), after)).toEqual([
      { option: "routes", says: "it took every path, and takes only some now" },
    ]);
  });

  test("is held to its document unless that is off; the route of the same path goes before a wider one", () => {
    const strict = json({ type: "number" });
    const before = backend({ routes: [route("/a", ["POST"], json({ type: "string" }))] });
    const after = { routes: [route("/*", null, json(null)), route("/a", ["POST"], strict)] };
    expect(backendBreaks(before, backend(after))).toHaveLength(1);
    expect(backendBreaks(before, backend({ ...after, validate: "off" }))).toEqual([]);
  });
});

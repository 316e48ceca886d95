import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { encodeIdSet, hasId } from "../../src/artifact/grant.ts";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { checksum } from "../../src/kernel/checked-text.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { noRows } from "../../src/overlay/rows.ts";
import { KeyTable } from "../../src/runtime/key-table.ts";
import { authenticate } from "../../src/runtime/stages/authenticate.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";

const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key: "declared" });
const conditions = { expiresAtMs: null, warnFromMs: null, methods: null, networks: null, limits: [] };

function tableOf(texts: readonly string[]): KeyTable {
  const table = new KeyTable(artifact);
  const keys = texts.map((text, at) => ({
    digest: sha256Hex(text),
    name: `${at}`,
    app: 0,
    grant: 0,
    ...conditions,
  }));
  table.apply({ ...noRows, grants: [{ id: 0, uses: [] }], keys });
  return table;
}

const nameOf = (table: KeyTable, text: string): string =>
  authenticate(new Headers({ "x-api-key": text }), "", table, 0).name;

describe("a key that has called before", () => {
  test("is known again by its text, however many others have called", () => {
    const texts = Array.from({ length: 6_000 }, () => generateApiKey("live"));
    const table = tableOf(texts);
    const names = texts.map((_, at) => `${at}`);
    expect(texts.map((text) => table.remembered(text))).toEqual(texts.map(() => undefined));
    expect(texts.map((text) => nameOf(table, text))).toEqual(names);
    expect(texts.map((text) => table.remembered(text)?.name)).toEqual(names);
  });

  test("does not let in another secret of the same public id", () => {
    const text = generateApiKey("live");
    const table = tableOf([text]);
    const body = text.slice(0, -6);
    for (const at of [body.length - 43, body.length - 20, body.length - 1]) {
      const other = body.slice(0, at) + (body[at] === "a" ? "b" : "a") + body.slice(at + 1);
      const forged = other + checksum(other);
      for (const isKnown of [false, true]) {
        if (isKnown) nameOf(table, text);
        expect(() => nameOf(table, forged)).toThrow(expect.objectContaining({ code: "LK-2002" }));
        expect(table.remembered(forged)).toBeUndefined();
      }
    }
  });

  test("is forgotten when it is revoked, and known anew when it comes back", () => {
    const text = generateApiKey("live");
    const table = tableOf([text]);
    nameOf(table, text);
    table.apply({ ...noRows, goneKeys: [sha256Hex(text)] });
    expect(table.remembered(text)).toBeUndefined();
    expect(() => nameOf(table, text)).toThrow(expect.objectContaining({ code: "LK-2002" }));
    table.apply({
      ...noRows,
      keys: [{ digest: sha256Hex(text), name: "back", app: 0, grant: 0, ...conditions }],
    });
    expect(nameOf(table, text)).toBe("back");
  });

  test("goes by what it became meanwhile", () => {
    const text = generateApiKey("live");
    const table = tableOf([text]);
    nameOf(table, text);
    const uses = [{ service: 0, models: encodeIdSet([0]), endpoints: "", backends: "" }];
    table.apply({
      ...noRows,
      grants: [{ id: 1, uses }],
      keys: [{ digest: sha256Hex(text), name: "0", app: 0, grant: 1, ...conditions }],
    });
    const key = table.remembered(text);
    expect(key && hasId(key.grant.models, 0)).toBe(true);
    expect(key?.grant.services.nameOf("models", 0)).toBe(artifact.services[0]?.name ?? "");
    expect(key?.grant.services.nameOf("models", 1)).toBeNull();
  });
});

test("what a key reaches is what its grant says at the time, whatever it was used for before", () => {
  const text = generateApiKey("live");
  const kinds = ["models", "endpoints", "backends"] as const;
  const ids = fc.subarray([0, 1]);
  const use = fc.record({ models: ids, endpoints: ids, backends: ids });
  const step = fc.oneof(use, fc.tuple(fc.constantFrom(...kinds), fc.nat(1)));
  fc.assert(
    fc.property(fc.array(step, { minLength: 2, maxLength: 40 }), (steps) => {
      const table = tableOf([text]);
      const key = table.find(text);
      for (const [at, step] of steps.entries()) {
        if ("models" in step) {
          const [models, endpoints, backends] = kinds.map((kind) => encodeIdSet(step[kind]));
          const uses = [
            { service: 0, models: models ?? "", endpoints: endpoints ?? "", backends: backends ?? "" },
          ];
          const keys = [{ digest: sha256Hex(text), name: "0", app: 0, grant: at + 1, ...conditions }];
          table.apply({ ...noRows, grants: [{ id: at + 1, uses }], keys, goneGrants: [at] });
        } else if (key !== undefined) {
          const [kind, id] = step;
          const isGranted = hasId(key.grant[kind], id);
          expect([key.reaches(kind, id), key.serviceOf(kind, id)]).toEqual([
            isGranted,
            isGranted ? key.grant.services.nameOf(kind, id) : null,
          ]);
        }
      }
    }),
  );
});

test("grants of many messages share what their uses open, and say the same as each alone", () => {
  const table = new KeyTable(artifact);
  const use = (models: readonly number[]) => ({
    service: 0,
    models: encodeIdSet(models),
    endpoints: "",
    backends: "",
  });
  const text = generateApiKey("live");
  for (let id = 0; id < 50; id++) table.apply({ ...noRows, grants: [{ id, uses: [use([0]), use([])] }] });
  table.apply({ ...noRows, grants: [{ id: 99, uses: [use([])] }] });
  for (const [grant, reaches] of [
    [0, true],
    [49, true],
    [99, false],
  ] as const) {
    table.apply({ ...noRows, keys: [{ digest: sha256Hex(text), name: "k", app: 0, grant, ...conditions }] });
    const key = table.find(text);
    expect(key && hasId(key.grant.models, 0)).toBe(reaches);
  }
});

describe("the last use of keys", () => {
  test("is told of those that wait longest, and of the others the next time with what happened meanwhile", () => {
    const texts = Array.from({ length: 5 }, () => generateApiKey("live"));
    const table = tableOf(texts);
    const use = (at: number, timeMs: number): void => {
      const key = table.find(texts[at] ?? "");
      if (key !== undefined) table.noteUse(key, timeMs);
    };
    for (const at of texts.keys()) use(at, 100 + at);
    const told = (most: number) => table.takeUses(most).map(({ name, atMs }) => [name, atMs]);
    expect(told(2)).toEqual([
      ["0", 100],
      ["1", 101],
    ]);
    use(0, 200);
    use(4, 201);
    expect(told(3)).toEqual([
      ["2", 102],
      ["3", 103],
      ["4", 201],
    ]);
    expect(told(9)).toEqual([["0", 200]]);
    expect(told(9)).toEqual([]);
  });

  test("does not pile up where more are used than are told", () => {
    const texts = Array.from({ length: 80 }, () => generateApiKey("live"));
    const table = tableOf(texts);
    for (const text of texts) {
      const key = table.find(text);
      if (key !== undefined) table.noteUse(key, 1);
    }
    expect(table.takeUses(1)).toHaveLength(10);
    expect(table.takeUses(1)).toHaveLength(9);
    expect(table.takeUses(1_000)).toHaveLength(61);
  });
});

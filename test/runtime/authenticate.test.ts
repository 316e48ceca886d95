import { describe, expect, test } from "bun:test";
import { generateApiKey } from "../../src/kernel/api-key.ts";
import { LatchkeyError } from "../../src/kernel/error.ts";
import { sha256Hex } from "../../src/kernel/hash.ts";
import { noRows } from "../../src/overlay/rows.ts";
import { KeyTable } from "../../src/runtime/key-table.ts";
import { authenticate } from "../../src/runtime/stages/authenticate.ts";
import { artifactFixture } from "../support/artifact-fixture.ts";

const key = generateApiKey("live");
const expired = generateApiKey("live");
const artifact = artifactFixture({ baseUrls: ["http://127.0.0.1:9"], key });
const keys = new KeyTable(artifact);
const row = {
  name: "production",
  app: 0,
  grant: 0,
  expiresAtMs: null,
  warnFromMs: null,
  limits: [],
  methods: null,
  networks: null,
};
keys.apply({
  ...noRows,
  grants: [{ id: 0, uses: [] }],
  keys: [
    { ...row, digest: sha256Hex(key) },
    { ...row, digest: sha256Hex(expired), expiresAtMs: 1_000 },
  ],
});

function outcome(headers: Record<string, string>, query = "", nowMs = 2_000): string {
  try {
    return authenticate(new Headers(headers), query, keys, nowMs).name;
  } catch (thrown) {
    if (!(thrown instanceof LatchkeyError)) throw thrown;
    return thrown.code;
  }
}

describe("a credential", () => {
  test("is found wherever the vendors' SDKs put it", () => {
    expect(outcome({ authorization: `Bearer ${key}` })).toBe("production");
    expect(outcome({ authorization: `bearer  ${key} ` })).toBe("production");
    expect(outcome({ "x-api-key": key })).toBe("production");
    expect(outcome({ "x-goog-api-key": key })).toBe("production");
    expect(outcome({}, `alt=sse&key=${key}`)).toBe("production");
  });

  test("may be sent twice when it is the same", () => {
    expect(outcome({ authorization: `Bearer ${key}`, "x-api-key": key }, `key=${key}`)).toBe("production");
  });

  test("is refused when two differ, valid or not", () => {
    expect(outcome({ authorization: `Bearer ${key}`, "x-api-key": expired })).toBe("LK-2003");
    expect(outcome({ authorization: `Bearer ${key}` }, "key=x")).toBe("LK-2003");
    expect(outcome({}, `key=${key}&key=${expired}`)).toBe("LK-2003");
  });

  test("is refused where its header occurs twice", () => {
    for (const other of [key, expired, "x"]) {
      expect(outcome({ authorization: `Bearer ${key}, Bearer ${other}` })).toBe("LK-2003");
      expect(outcome({ "x-api-key": `${key}, ${other}` })).toBe("LK-2003");
    }
  });

  test("counts as none where a scheme stands alone", () => {
    expect(outcome({ authorization: "Bearer " })).toBe("LK-2001");
    expect(outcome({ authorization: "bearer", "x-api-key": key })).toBe("production");
  });

  test("is missed", () => {
    expect(outcome({})).toBe("LK-2001");
    expect(outcome({ authorization: "" }, "monkey=1")).toBe("LK-2001");
  });

  test("is refused alike, whatever is wrong with it", () => {
    const wrong = [
      "nonsense",
      `${key}x`,
      key.slice(0, -1),
      generateApiKey("live"),
      expired,
      "x".repeat(100_000),
      "lk_live_é",
    ];
    for (const text of wrong) expect(outcome({ "x-api-key": encodeURI(text) })).toBe("LK-2002");
    expect(outcome({ authorization: `Basic ${btoa(key)}` })).toBe("LK-2002");
    const messages = [generateApiKey("live"), expired].map((text) => {
      try {
        return authenticate(new Headers({ "x-api-key": text }), "", keys, 2_000).name;
      } catch (thrown) {
        return (thrown as LatchkeyError).message;
      }
    });
    expect(new Set(messages).size).toBe(1);
  });

  test("works until the millisecond before it expires", () => {
    expect(outcome({ "x-api-key": expired }, "", 999)).toBe("production");
    expect(outcome({ "x-api-key": expired }, "", 1_000)).toBe("LK-2002");
  });
});

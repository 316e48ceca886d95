import { describe, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lookForRecordings } from "./recordings-folder.ts";
import { tempFolder } from "./temp-folder.ts";

describe("recordings", () => {
  test("that are there are used", () => {
    const shared = tempFolder();
    mkdirSync(join(shared, "fixtures"));
    writeFileSync(join(shared, "fixtures/INDEX.tsv"), "");
    for (const env of [{}, { CI: "true" }, { LATCHKEY_REQUIRE_RECORDINGS: "1" }])
      expect(lookForRecordings(join(shared, "fixtures"), env)).toBe("here");
  });

  test("may be absent on the machine of somebody who has the repository alone, and in a CI that says so", () => {
    const fork = join(tempFolder(), "shared/fixtures");
    expect(lookForRecordings(fork, {})).toBe("absent");
    expect(lookForRecordings(fork, { CI: "true", LATCHKEY_REQUIRE_RECORDINGS: "0" })).toBe("absent");
  });

  test("may not be missing in a CI, whatever else it has, or wherever they are asked for", () => {
    const shared = tempFolder();
    expect(lookForRecordings(join(shared, "fixtures"), {})).toBe("absent");
    expect(lookForRecordings(join(shared, "fixtures"), { CI: "true" })).toBe("missing");
    expect(lookForRecordings(join(shared, "nowhere/fixtures"), { CI: "true" })).toBe("missing");
    const nowhere = join(shared, "nowhere/fixtures");
    expect(lookForRecordings(nowhere, { LATCHKEY_REQUIRE_RECORDINGS: "1" })).toBe("missing");
  });
});

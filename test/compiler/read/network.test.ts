import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseNetwork } from "../../../src/compiler/read/network.ts";

const bytes = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

describe("networks", () => {
  test("every IPv4 prefix of an address is found by way of the suggestion", () => {
    fc.assert(
      fc.property(bytes, fc.nat(32), (parts, length) => {
        const outcome = parseNetwork(`${parts.join(".")}/${length}`);
        const text = outcome.ok ? outcome.text : (outcome.meant ?? "");
        expect(parseNetwork(text)).toEqual({ ok: true, text });
        const kept = parts.flatMap((part) => [...part.toString(2).padStart(8, "0")]).slice(0, length);
        const network = (text.split("/")[0] ?? "")
          .split(".")
          .flatMap((part) => [...Number(part).toString(2).padStart(8, "0")]);
        expect(network.slice(0, length)).toEqual(kept);
        expect(network.slice(length).every((bit) => bit === "0")).toBe(true);
      }),
    );
  });

  test("every IPv6 prefix of an address is found by way of the suggestion", () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.nat(128), (address, length) => {
        const outcome = parseNetwork(`${address}/${length}`);
        const text = outcome.ok ? outcome.text : (outcome.meant ?? "");
        expect(parseNetwork(text)).toEqual({ ok: true, text });
      }),
    );
  });

  const cases: readonly (readonly [string, string | undefined])[] = [
    ["10.0.0.1", "10.0.0.1/32"],
    ["2001:db8::1", "2001:db8::1/128"],
    ["10.1.2.3/8", "10.0.0.0/8"],
    ["2001:db8::1/32", "2001:db8::/32"],
    ["::ffff:10.0.0.1/96", "::ffff:0:0/96"],
    ["10.0.0.0/33", undefined],
    ["10.0.0.0/08", undefined],
    ["10.0.0.0/8/8", undefined],
    ["10.0.0/8", undefined],
    ["fe80::%eth0/64", undefined],
    ["", undefined],
    ["/8", undefined],
    ["localhost/8", undefined],
  ];
  for (const [written, meant] of cases) {
    test(`${JSON.stringify(written)} is refused`, () => {
      const outcome = parseNetwork(written);
      expect(outcome.ok).toBe(false);
      expect(outcome.ok ? undefined : outcome.meant).toBe(meant as string);
    });
  }
});

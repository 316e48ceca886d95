import { describe, expect, test } from "bun:test";
import { isIP } from "node:net";
import { array, assert, constant, integer, oneof, property, string, tuple, uint8Array } from "fast-check";
import { readAddress, renderAddress } from "../../src/kernel/ip-address.ts";
import { allowsAddress, isNetwork, parseNetworks } from "../../src/kernel/networks.ts";

const words = new Uint32Array(4);
const familyOf = (text: string): 0 | 4 | 6 => readAddress(text, 0, text.length, words);

/** 16 bytes as IPv6, in one of the forms that people write. */
const v6 = tuple(
  uint8Array({ minLength: 16, maxLength: 16 }),
  integer({ min: 0, max: 8 }),
  integer({ min: 0, max: 3 }),
).map(([bytes, from, length]) => {
  bytes.fill(0, from * 2, Math.min(16, (from + length) * 2));
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  );
  const end = Math.min(8, from + length);
  return end - from < 1
    ? groups.join(":")
    : `${groups.slice(0, from).join(":")}::${groups.slice(end).join(":")}`;
});
const v4 = uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => bytes.join("."));
/** Few distinct values, so that networks and addresses meet. */
const near = tuple(constant("10.1."), integer({ min: 0, max: 3 }), integer({ min: 0, max: 255 })).map(
  ([front, third, fourth]) => `${front}${third}.${fourth}`,
);
const near6 = tuple(integer({ min: 0, max: 3 }), integer({ min: 0, max: 9 })).map(
  ([group, last]) => `2001:db8:0:${group}::${last}`,
);
const address = oneof(v4, v6, near, near6);

/** The simplest reading: the address as bits. */
function bitsOf(text: string): string {
  const isV4 = !text.includes(":");
  if (isV4)
    return text
      .split(".")
      .map((part) => Number(part).toString(2).padStart(8, "0"))
      .join("");
  const [front = "", back] = text.split("::");
  const left = front === "" ? [] : front.split(":");
  const right = back === undefined || back === "" ? [] : back.split(":");
  const middle = Array<string>(back === undefined ? 0 : 8 - left.length - right.length).fill("0");
  return [...left, ...middle, ...right]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0"))
    .join("");
}

describe("an address", () => {
  test("is read as the system reads it", () => {
    const shaped = array(
      oneof(
        constant(":"),
        constant("."),
        constant("::"),
        constant("ffff"),
        constant("0"),
        constant("25"),
        constant("256"),
        constant("a1"),
        constant("12345"),
        string({ maxLength: 2 }),
      ),
      { maxLength: 17 },
    );
    const any = oneof(
      shaped.map((parts) => parts.join("")),
      address,
    );
    assert(
      property(any, (text) => {
        const expected = text.includes("%") ? 0 : isIP(text);
        const family = familyOf(text);
        if (/^[0:]*:ffff:/i.test(text) && expected === 6) return;
        expect(family).toBe(expected as 0 | 4 | 6);
      }),
      { numRuns: 3_000 },
    );
  });

  test.each([
    "",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8:9",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:",
    ":1:2:3:4:5:6:7",
    "::1.2.3",
    "::1.2.3.4.5",
    "1:2:3:4:5:6:7:1.2.3.4",
    "::12345",
    "::g",
    "fe80::1%eth0",
    "1.2.3",
    "1.2.3.4.",
    "1.2.3.4.5",
    "1.2.3.256",
    "01.2.3.4",
    "1.2.3.04",
    "1..2.3",
    " 1.2.3.4",
    "1.2.3.4 ",
    "0x7f.0.0.1",
    "2130706433",
    "127.1",
  ])("is not %p", (text) => {
    expect(familyOf(text)).toBe(0);
  });

  test("has one text, and is the same when that is read again", () => {
    assert(
      property(address, (text) => {
        const family = familyOf(text);
        expect(family).not.toBe(0);
        if (family === 0) return;
        const plain = renderAddress(family, words);
        const before = [...words.subarray(0, family === 4 ? 1 : 4)];
        expect(familyOf(plain) === family).toBe(true);
        expect([...words.subarray(0, before.length)]).toEqual(before);
        if (family === 6) expect(plain).toBe(new URL(`http://[${text}]`).hostname.slice(1, -1));
      }),
    );
  });
});

describe("a list of networks", () => {
  test("tells no list, from anywhere, and an empty one, from nowhere, apart", () => {
    const empty = parseNetworks([]);
    for (const from of ["10.0.0.1", "2001:db8::1", "::ffff:10.0.0.1", "no address", ""]) {
      expect(allowsAddress(null, from)).toBe(true);
      expect(allowsAddress(empty, from)).toBe(false);
    }
  });

  test("holds what a reading bit by bit says", () => {
    const network = tuple(oneof(near, near, near6, v4, v6), integer({ min: 0, max: 128 })).map(
      ([text, bits]) => {
        const size = text.includes(":") ? 128 : 32;
        return { text, bits: Math.min(size, bits) };
      },
    );
    assert(
      property(
        array(network, { maxLength: 12 }),
        array(address, { minLength: 1, maxLength: 12 }),
        (list, addresses) => {
          const networks = parseNetworks(list.map(({ text, bits }) => `${text}/${bits}`));
          for (const candidate of addresses) {
            const bits = bitsOf(candidate);
            const expected = list.some(({ text, bits: length }) => {
              const own = bitsOf(text);
              return own.length === bits.length && own.slice(0, length) === bits.slice(0, length);
            });
            expect(allowsAddress(networks, candidate)).toBe(expected);
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("takes IPv4-mapped IPv6 for the IPv4 that it is, in the list and in what is looked for", () => {
    const plain = parseNetworks(["10.0.0.0/8"]);
    expect(allowsAddress(plain, "::ffff:10.1.2.3")).toBe(true);
    expect(allowsAddress(plain, "::FFFF:a01:203")).toBe(true);
    expect(allowsAddress(plain, "::ffff:11.1.2.3")).toBe(false);
    const mapped = parseNetworks(["::ffff:10.0.0.0/104"]);
    expect(allowsAddress(mapped, "10.255.0.1")).toBe(true);
    expect(allowsAddress(mapped, "11.0.0.1")).toBe(false);
    expect(allowsAddress(parseNetworks(["::ffff:10.0.0.1"]), "10.0.0.1")).toBe(true);
  });

  test("keeps the families apart", () => {
    expect(allowsAddress(parseNetworks(["::/0"]), "10.0.0.1")).toBe(false);
    expect(allowsAddress(parseNetworks(["0.0.0.0/0"]), "2001:db8::1")).toBe(false);
    expect(allowsAddress(parseNetworks(["0.0.0.0/0", "::/0"]), "2001:db8::1")).toBe(true);
  });

  test("takes an address for a network of its own, and host bits for nothing", () => {
    const networks = parseNetworks(["192.0.2.7", "2001:db8::7", "10.1.2.3/8"]);
    expect(["192.0.2.7", "2001:db8::7", "10.9.9.9"].map((one) => allowsAddress(networks, one))).toEqual([
      true,
      true,
      true,
    ]);
    expect(["192.0.2.8", "2001:db8::8", "11.0.0.0"].map((one) => allowsAddress(networks, one))).toEqual([
      false,
      false,
      false,
    ]);
  });

  test.each([
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/",
    "10.0.0.0/08",
    "10.0.0.0/8/8",
    "10.0.0/8",
    "::/129",
    "::ffff:10.0.0.0/95",
    "fe80::%eth0/10",
    "everywhere",
    "*",
    "",
  ])("gains nothing by %p, which is no network", (text) => {
    expect(isNetwork(text)).toBe(false);
    expect(parseNetworks([text])).toEqual(parseNetworks([]));
  });

  test.each(["0.0.0.0/0", "10.0.0.0/8", "10.0.0.1", "::/0", "2001:db8::/32", "::ffff:0:0/96"])(
    "takes %p",
    (text) => {
      expect(isNetwork(text)).toBe(true);
    },
  );
});

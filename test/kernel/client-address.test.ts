import { describe, expect, test } from "bun:test";
import { array, assert, constantFrom, property, string } from "fast-check";
import { clientAddress } from "../../src/kernel/client-address.ts";
import { allowsAddress, parseNetworks } from "../../src/kernel/networks.ts";

const proxies = parseNetworks(["10.0.0.0/8", "fd00::/8"]);
const nobody = parseNetworks([]);

describe("the address of a client", () => {
  test("is the other end of the connection where nobody stands between", () => {
    expect(clientAddress("198.51.100.7", undefined, proxies)).toBe("198.51.100.7");
    expect(clientAddress("::ffff:198.51.100.7", undefined, nobody)).toBe("198.51.100.7");
    expect(clientAddress("fe80::1%eth0", undefined, nobody)).toBe("fe80::1");
    expect(clientAddress("2001:DB8:0:0::1", undefined, nobody)).toBe("2001:db8::1");
    expect(clientAddress("", undefined, nobody)).toBe("");
  });

  test("is not what a stranger writes", () => {
    expect(clientAddress("198.51.100.7", "127.0.0.1", proxies)).toBe("198.51.100.7");
    expect(clientAddress("10.0.0.1", "127.0.0.1", nobody)).toBe("10.0.0.1");
    expect(clientAddress("10.0.0.1", "127.0.0.1, 198.51.100.7", proxies)).toBe("198.51.100.7");
    expect(clientAddress("10.0.0.1", "10.9.9.9, 198.51.100.7, 10.0.0.2", proxies)).toBe("198.51.100.7");
  });

  test("is the first one where all are trusted", () => {
    expect(clientAddress("10.0.0.1", "10.0.0.3,10.0.0.2", proxies)).toBe("10.0.0.3");
    expect(clientAddress("::ffff:10.0.0.1", "fd00::2", proxies)).toBe("fd00::2");
  });

  test.each([
    ["198.51.100.7:51234", "198.51.100.7"],
    ["[2001:db8::7]:443", "2001:db8::7"],
    ["[2001:db8::7]", "2001:db8::7"],
    ["2001:DB8::0:7", "2001:db8::7"],
    ["\t198.51.100.7  ", "198.51.100.7"],
    ["::ffff:198.51.100.7", "198.51.100.7"],
    ["[::ffff:198.51.100.7]:80", "198.51.100.7"],
  ])("is read from %p", (entry, address) => {
    expect(clientAddress("10.0.0.1", `192.0.2.1, ${entry}`, proxies)).toBe(address);
  });

  test.each([
    "",
    " ",
    "unknown",
    "_hidden",
    "198.51.100.7:",
    "198.51.100.7:port",
    "[198.51.100.7]",
    "[2001:db8::7",
    "fe80::1%eth0",
    "198.51.100.300",
    '"198.51.100.7"',
    "a\r\nb: c",
    "[]",
    ":",
  ])("is the last trusted one where the entry before it is %p", (junk) => {
    expect(clientAddress("10.0.0.1", `198.51.100.7, ${junk}, 10.0.0.2`, proxies)).toBe("10.0.0.2");
    expect(clientAddress("10.0.0.1", junk, proxies)).toBe("10.0.0.1");
    expect(clientAddress("10.0.0.1", `198.51.100.7,${junk}`, proxies)).toBe("10.0.0.1");
  });

  test("does not depend on what stands before an entry that nobody trusted has written", () => {
    assert(
      property(array(string()), (before) => {
        const header = [...before, "198.51.100.7", "10.0.0.2"].join(",");
        expect(clientAddress("10.0.0.1", header, proxies)).toBe("198.51.100.7");
      }),
    );
  });

  test("is always the connection's, or one that a trusted proxy has written", () => {
    const entry = constantFrom("10.0.0.1", "10.0.0.2", "198.51.100.7", "192.0.2.1:80", "junk", "", "fd00::1");
    assert(
      property(array(entry, { maxLength: 6 }), (entries) => {
        const client = clientAddress("10.0.0.1", entries.join(","), proxies);
        const strangers = entries.filter((one) => !allowsAddress(proxies, one));
        const expected = strangers.at(-1) ?? entries[0] ?? "10.0.0.1";
        const after = entries[entries.lastIndexOf(expected) + 1] ?? "10.0.0.1";
        expect(client).toBe(expected === "junk" || expected === "" ? after : expected.replace(":80", ""));
      }),
    );
  });
});

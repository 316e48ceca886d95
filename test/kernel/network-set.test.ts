import { expect, test } from "bun:test";
import { NetworkSet, plainAddress } from "../../src/kernel/network-set.ts";

const networks = new NetworkSet([
  "10.0.0.0/8",
  "192.0.2.7",
  "2001:db8::/32",
  "::1",
  "nonsense",
  "10.0.0.0.0/8",
]);

test.each(["10.1.2.3", "192.0.2.7", "::ffff:10.1.2.3", "::FFFF:192.0.2.7", "2001:db8:1::2", "::1"])(
  "%s is in",
  (address) => {
    expect(networks.has(address)).toBe(true);
  },
);

test.each([
  "11.0.0.1",
  "192.0.2.8",
  "::ffff:11.0.0.1",
  "2001:db9::1",
  "::2",
  "",
  "nonsense",
  "10.1.2",
  "10.1.2.3, 8.8.8.8",
])("%p is not in", (address) => expect(networks.has(address)).toBe(false));

test("no networks hold no address", () => {
  expect(new NetworkSet([]).has("127.0.0.1")).toBe(false);
});

test("an IPv4 address is shown as one", () => {
  expect(["::ffff:127.0.0.1", "127.0.0.1", "::1"].map(plainAddress)).toEqual([
    "127.0.0.1",
    "127.0.0.1",
    "::1",
  ]);
});

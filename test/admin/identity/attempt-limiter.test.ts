import { describe, expect, test } from "bun:test";
import { createAttemptLimiter } from "../../../src/admin/identity/attempt-limiter.ts";
import { createFixedClock } from "../../support/fixed-clock.ts";

const limits = { attempts: 3, windowMs: 30_000, addresses: 100 };

function exhausted(address: string) {
  const clock = createFixedClock(0);
  const limiter = createAttemptLimiter(clock, limits);
  for (let count = 0; count < limits.attempts; count++) limiter.take(address);
  return { clock, limiter };
}

describe("attempts", () => {
  test("are limited, and the allowance grows back evenly", () => {
    const { clock, limiter } = exhausted("192.0.2.1");
    expect(() => limiter.take("192.0.2.1")).toThrow(
      expect.objectContaining({ code: "LK-2018", retryAfterS: 10 }),
    );
    clock.advance(9_999);
    expect(() => limiter.take("192.0.2.1")).toThrow();
    clock.advance(1);
    limiter.take("192.0.2.1");
    expect(() => limiter.take("192.0.2.1")).toThrow();
    clock.advance(1e9);
    for (let count = 0; count < 3; count++) limiter.take("192.0.2.1");
    expect(() => limiter.take("192.0.2.1")).toThrow();
  });

  test("of one address do not hinder another", () => {
    exhausted("192.0.2.1").limiter.take("192.0.2.2");
    exhausted("2001:db8:1:1::1").limiter.take("2001:db8:1:2::1");
  });

  test.each([
    ["192.0.2.1", "::ffff:192.0.2.1"],
    ["2001:db8:1:1::1", "2001:db8:1:1:ffff:ffff:ffff:ffff"],
    ["2001:db8:1:1::1", "2001:0DB8:0001:0001::2"],
    ["2001:db8::1", "2001:db8:0:0:9::"],
    ["fe80::1%eth0", "fe80::2%eth1"],
    ["::1", "::2"],
  ])("from %s and %s are the same caller's", (one, other) => {
    expect(() => exhausted(one).limiter.take(other)).toThrow();
  });

  test("of ever new addresses take no more memory, and forget the longest unseen first", () => {
    const { limiter } = exhausted("192.0.2.1");
    for (let count = 0; count < 99; count++) limiter.take(`10.0.0.${count}`);
    expect(() => limiter.take("192.0.2.1")).toThrow();
    for (let count = 0; count < 10_000; count++) limiter.take(`10.1.${count >> 8}.${count & 255}`);
    expect(limiter.size()).toBe(100);
    limiter.take("192.0.2.1");
  });
});

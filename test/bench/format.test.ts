import { expect, test } from "bun:test";
import {
  formatCount,
  formatMebibytes,
  formatMicroseconds,
  formatRatio,
  formatShare,
} from "../../bench/support/format.ts";

test.each([
  [22.44, "22.4 µs"],
  [870.2, "870 µs"],
  [2_410, "2.41 ms"],
  [1_900_000, "1.90 s"],
  [-3_000, "-3.00 ms"],
  [0, "0.0 µs"],
])("%p microseconds are written as %p", (value, text) => expect(formatMicroseconds(value)).toBe(text));

test("counts have thousands separators and no fraction", () => expect(formatCount(24_310.6)).toBe("24,311"));
test("bytes are written in mebibytes", () => expect(formatMebibytes(50 * 1_048_576)).toBe("50 MiB"));
test("ratios have two decimals", () => expect(formatRatio(0.756)).toBe("0.76"));
test("shares are percentages", () => expect(formatShare(0.985)).toBe("99 %"));

import { expect, test } from "bun:test";
import fc from "fast-check";
import { parseDay } from "../../../src/compiler/read/day.ts";

test("every day that exists is read as its first millisecond in UTC", () => {
  const days = fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true });
  fc.assert(
    fc.property(days, (date) => {
      const written = date.toISOString().slice(0, 10);
      expect(parseDay(written)).toBe(Date.parse(`${written}T00:00:00.000Z`));
    }),
  );
});

for (const written of [
  "2027-02-29",
  "2027-04-31",
  "2027-13-01",
  "2027-00-10",
  "2027-1-1",
  "27-01-01",
  "2027-01-01T00:00",
  "today",
  "",
]) {
  test(`${JSON.stringify(written)} is no day`, () => {
    expect(parseDay(written)).toBeUndefined();
  });
}

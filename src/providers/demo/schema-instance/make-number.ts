import { violatedNumberKeyword } from "./check-number.ts";
import { type Making, variedIndex } from "./making.ts";
import { type NumberRange, rangesOf } from "./number-range.ts";
import { type Keywords, numberAt, SchemaError } from "./schema.ts";

/** Numbers tried by chance in the usual range. */
const CHANCES = 30;
/** Numbers tried at each end of a range. */
const ENDS = 12;

/** A number that holds in all parts: from 0 to 100 where that is allowed, else near it. @throws SchemaError. */
export function makeNumber(parts: readonly Keywords[], making: Making, whole: boolean): number {
  const steps = parts.flatMap((part) => numberAt(part, "multipleOf") ?? []);
  const step = commonStep(whole ? [...steps, 1] : steps);
  let failure = { path: parts[0]?.path ?? "", reason: "no number was found" };
  for (const value of candidates(rangesOf(parts, making.variety), step, making)) {
    if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) continue;
    const violated = parts
      .map((part) => violatedNumberKeyword(value, part))
      .find((problem) => problem !== undefined);
    if (violated === undefined) return value;
    failure = violated;
  }
  throw new SchemaError(failure.path, failure.reason);
}

function* candidates(
  ranges: readonly NumberRange[],
  step: number | undefined,
  making: Making,
): Generator<number> {
  const [usual] = ranges;
  for (let turn = 0; usual !== undefined && turn < CHANCES; turn++) yield byChance(usual, step, making);
  for (const { low, high } of ranges) {
    yield low;
    yield high;
    yield tidy(low / 2 + high / 2);
    yield low / 2 + high / 2;
    for (let turn = 0; step !== undefined && turn < ENDS; turn++) {
      yield tidy((Math.ceil(low / step) + turn) * step);
      yield tidy((Math.floor(high / step) - turn) * step);
    }
  }
}

function byChance({ low, high }: NumberRange, step: number | undefined, making: Making): number {
  if (step === undefined) {
    const between = low + ((high - low) * making.random.below(1001)) / 1000;
    return tidy(Math.round(between * 100) / 100);
  }
  const first = Math.ceil(low / step);
  const count = Math.max(1, Math.floor(high / step) - first + 1);
  return tidy((first + variedIndex(count, making)) * step);
}

/** The least number that all steps divide, where they are whole; else the greatest of them. */
function commonStep(steps: readonly number[]): number | undefined {
  if (steps.length === 0) return undefined;
  const common = steps.reduce((left, right) => (left / divisor(left, right)) * right);
  return steps.every(Number.isInteger) && Number.isSafeInteger(common) ? common : Math.max(...steps);
}

function divisor(left: number, right: number): number {
  return right === 0 || !Number.isInteger(right) ? left : divisor(right, left % right);
}

/** Without the last digits that binary fractions add; never a negative zero. */
function tidy(value: number): number {
  return Number(value.toPrecision(15)) + 0;
}

import { z } from "zod";
import { countSchema } from "./policy.ts";

/** Nano-USD per million tokens of each kind; null: unknown, which is not the same as free. */
const ratesShape = {
  input: countSchema.nullable(),
  output: countSchema.nullable(),
  cacheRead: countSchema.nullable(),
  cacheWrite: countSchema.nullable(),
  cacheWriteHour: countSchema.nullable(),
  reasoning: countSchema.nullable(),
  audioInput: countSchema.nullable(),
  audioOutput: countSchema.nullable(),
  imageInput: countSchema.nullable(),
  imageOutput: countSchema.nullable(),
};

/** What is paid at a time. */
const termsShape = {
  ...ratesShape,
  /** Nano-USD of every call, whatever its tokens. */
  perRequest: countSchema,
  /** Nano-USD per unit other than tokens; null: unknown, or not charged for. */
  perAudioHour: countSchema.nullable(),
  perMillionCharacters: countSchema.nullable(),
  perImage: countSchema.nullable(),
  perThousandSearches: countSchema.nullable(),
  /** Rates of calls whose whole input has more than `above` tokens, ascending; the last that applies holds. */
  longContext: z.array(z.strictObject({ above: countSchema, ...ratesShape })),
};

const minuteSchema = z.number().int().min(0).max(1_440);

/** Price of a target. What the first members say holds until one of the changes does. */
export const priceSchema = z.strictObject({
  ...termsShape,
  /** Of those that hold when a call begins, the last one is the price. */
  changes: z.array(
    z.strictObject({
      /** Milliseconds since the epoch; 0: since ever. */
      fromMs: countSchema,
      /** Minutes of the day, UTC, and days of the week, 0 being Sunday; null: always. */
      window: z
        .strictObject({
          start: minuteSchema,
          end: minuteSchema,
          days: z.array(z.number().int().min(0).max(6)),
        })
        .nullable(),
      ...termsShape,
    }),
  ),
});

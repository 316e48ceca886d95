import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** US dollars per million tokens, as `@oh-my-pi/pi-catalog` has them; 0 where it does not know. */
export interface PiRates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** Rates of prompts beyond a size. */
export interface PiLongContext extends PiRates {
  readonly inputThreshold: number;
  /** Whether a prompt of just that size is long already. */
  readonly inputThresholdInclusive?: boolean;
}

/** Rates and all that changes them. */
export interface PiCost extends PiRates {
  readonly longContext?: PiLongContext;
  readonly timeBased?: {
    readonly offPeakMultiplier: number;
    readonly peakWindows: readonly {
      readonly weekdays: readonly number[];
      readonly startMinute: number;
      readonly endMinute: number;
    }[];
    /** Rates that replace the others from a moment on, in milliseconds since the epoch. */
    readonly effectiveRates?: readonly (PiRates & { readonly effectiveFrom: number })[];
  };
}

/** The part of a row of `@oh-my-pi/pi-catalog` that the catalog takes. */
export interface PiModel {
  readonly id: string;
  readonly name: string;
  readonly kind?: string;
  readonly reasoning: boolean;
  readonly input: readonly ("text" | "image")[];
  /** Only `false` says something. */
  readonly supportsTools?: boolean;
  readonly cost: PiCost;
  readonly contextWindow: number | null;
  readonly maxTokens: number | null;
}

type PiData = Readonly<Record<string, Readonly<Record<string, PiModel>>>>;

/** All rows of `@oh-my-pi/pi-catalog` by its names of providers. Only its data file is read, none of its code runs. */
export function readPiCatalog(): PiData {
  const path = fileURLToPath(import.meta.resolve("@oh-my-pi/pi-catalog/models.json"));
  return JSON.parse(readFileSync(path, "utf8")) as PiData;
}

import { lastName, type Reader, text } from "./reader.ts";

/** A version in its parts. */
export interface ReadVersion {
  readonly text: string;
  readonly major: number;
}

const VERSION = /^(0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})$/;

/** `major.minor.patch` in digits without leading zeros. */
export const version: Reader<ReadVersion> = (value, at, context) => {
  const written = text(value, at, context);
  if (written === undefined) return undefined;
  const match = VERSION.exec(written);
  if (match !== null) return { text: written, major: Number(match[1]) };
  const parts = /^\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?\s*$/i.exec(written);
  const meant =
    parts === null
      ? undefined
      : parts
          .slice(1, 4)
          .map((part) => Number(part ?? 0))
          .join(".");
  context.report.add("LK1301", `${lastName(at)} is not written as major.minor.patch`, {
    at,
    ...(meant === undefined ? {} : { suggestion: `write "${meant}"` }),
  });
  return undefined;
};

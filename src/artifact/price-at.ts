import type { ArtifactPrice } from "./artifact.ts";

/** What is paid at a time. */
export type PriceTerms = Omit<ArtifactPrice, "changes">;

type Change = ArtifactPrice["changes"][number];

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** What is paid for a call that begins at a moment, in milliseconds since the epoch. */
export function priceAt(price: ArtifactPrice, atMs: number): PriceTerms {
  return changeAt(price, atMs) ?? price;
}

/** The change of a price that holds at a moment; `undefined` while none does. */
export function changeAt({ changes }: ArtifactPrice, atMs: number): Change | undefined {
  return changes.findLast(({ fromMs, window }) => atMs >= fromMs && isWithin(window, atMs));
}

function isWithin(window: Change["window"], atMs: number): boolean {
  if (window === null) return true;
  const minute = Math.floor((atMs % DAY_MS) / MINUTE_MS);
  const { start, end, days } = window;
  const isInHours = start <= end ? minute >= start && minute < end : minute >= start || minute < end;
  return isInHours && days.includes(new Date(atMs).getUTCDay());
}

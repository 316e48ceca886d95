import { z } from "zod";
import { listOf } from "./values.ts";

/** What every list takes: how many entries at most, and `next` of the page before. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number<string | number>().int().min(1).max(200).default(50),
  cursor: z.string().min(1).max(300).exactOptional(),
});

/** What is taken of a list. */
export type PageQuery = z.output<typeof pageQuery>;

/** A part of a list. `next` begins the next page; null: there is none. A page may be short, even empty, and have a next. */
export function pageOf<T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodReadonly<z.ZodArray<T>>; next: z.ZodNullable<z.ZodString> }, z.core.$strict> {
  return z.strictObject({ items: listOf(item), next: z.string().nullable() });
}

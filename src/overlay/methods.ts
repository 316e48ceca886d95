/** Methods that change nothing (RFC 9110, 9.2.1). */
const reading: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** HTTP methods that a key may use, upper case; null: any, empty: none. */
export function methodsOf(
  scope: { readonly methods: readonly string[] | null; readonly readOnly: boolean } | null,
): readonly string[] | null {
  if (scope === null) return null;
  const { methods, readOnly } = scope;
  // A HEAD is a GET without the body of the answer.
  const all = methods?.includes("GET") === true && !methods.includes("HEAD") ? [...methods, "HEAD"] : methods;
  if (!readOnly) return all;
  return all === null ? reading : all.filter((method) => reading.includes(method));
}

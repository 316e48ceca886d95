/** What something thrown says: an error's message, a text itself, and of anything else what it is. */
export function thrownText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === "string") return thrown;
  if (thrown === null || thrown === undefined || typeof thrown === "number") return String(thrown);
  return `${typeof thrown === "object" ? "an" : "a"} ${typeof thrown}`;
}

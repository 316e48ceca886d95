/**
 * States something that our own code guarantees. A failure is a bug of Latchkey, never of a user:
 * what users get wrong is a diagnostic or a `LatchkeyError`.
 * @throws Error when `condition` is false.
 */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Latchkey bug: ${message}`);
}

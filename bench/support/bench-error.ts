/** Something that stops a bench run and that its user can act on; printed without a stack. */
export class BenchError extends Error {
  override readonly name = "BenchError";
}

/** Frames kept per call site: enough to leave this package and a team's own helper functions. */
const SITE_FRAMES = 12;

/** Stack text of the caller, for diagnostics. Where a bundle is served rather than compiled, it is left out. */
export function captureSite(): string {
  const previous = Error.stackTraceLimit;
  Error.stackTraceLimit = SITE_FRAMES;
  const { stack } = new Error();
  Error.stackTraceLimit = previous;
  return stack ?? "";
}

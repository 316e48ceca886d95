/**
 * Whether a pattern takes every path that another one takes. Patterns have segments, `{name}` for any one, and `*` as the
 * last for whatever follows, also for nothing.
 */
export function coversPath(pattern: string, other: string): boolean {
  const [own, others] = [pattern.split("/"), other.split("/")];
  for (const [at, segment] of others.entries()) {
    const mine = own[at];
    if (mine === "*") return true;
    if (mine === undefined || segment === "*") return false;
    if (!isParameter(mine) && mine !== segment) return false;
    // A parameter stands for something, and a slash at the end is followed by nothing.
    if (isParameter(mine) && segment === "") return false;
  }
  return own.length === others.length || (own.length === others.length + 1 && own.at(-1) === "*");
}

/** Whether a route's methods have one among them: whatever takes GET takes HEAD. Null: every method. */
export function coversMethod(methods: readonly string[] | null, method: string | null): boolean {
  if (methods === null) return true;
  if (method === null) return false;
  return methods.includes(method) || (method === "HEAD" && methods.includes("GET"));
}

function isParameter(segment: string): boolean {
  return segment.startsWith("{");
}

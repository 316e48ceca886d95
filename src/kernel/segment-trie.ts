/** What a path has led to. */
export interface Found<T> {
  readonly value: T;
  /** Segments of the path that the parameters stand for, in order, as they were sent. */
  readonly parameters: readonly string[];
  /** What the `*` stands for, without a slash before it; empty where there is none. */
  readonly rest: string;
}

/** What comes of looking a path up: a value, or the methods that the path would take. */
export type Lookup<T> = { readonly found: Found<T> } | { readonly allowed: readonly string[] };

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  parameter: Node<T> | undefined;
  /** Values of patterns that end here, by method; `*` is every method. */
  readonly ends: Map<string, T>;
  /** Values of patterns that end in `*` here. */
  readonly rests: Map<string, T>;
}

/** Every method. */
const ANY = "*";

const newNode = <T>(): Node<T> => ({
  literals: new Map(),
  parameter: undefined,
  ends: new Map(),
  rests: new Map(),
});

/**
 * Patterns of paths as a tree of their segments, so that a look-up costs what the path is long, however many patterns
 * there are. A literal goes before `{parameter}`, and that before `*`, wherever the method allows it.
 */
export class SegmentTrie<T> {
  readonly #root: Node<T> = newNode();

  /**
   * Adds a pattern; the one that was added first keeps its place.
   * @param pattern segments with a slash before each, `{name}` for any one, `*` as the last for whatever follows
   * @param methods upper-case; null: every method
   */
  add(pattern: string, methods: readonly string[] | null, value: T): void {
    let node = this.#root;
    const segments = segmentsOf(pattern);
    const hasRest = segments.at(-1) === "*";
    for (const segment of hasRest ? segments.slice(0, -1) : segments) node = childOf(node, segment);
    const values = hasRest ? node.rests : node.ends;
    for (const method of methods ?? [ANY]) if (!values.has(method)) values.set(method, value);
  }

  /** @param path begins with a slash, or is empty */
  find(method: string, path: string): Lookup<T> {
    const walk = new Walk<T>(method, segmentsOf(path));
    const found = walk.from(this.#root, 0);
    return found === undefined ? { allowed: [...walk.allowed].sort() } : { found };
  }
}

function segmentsOf(path: string): readonly string[] {
  return path === "" ? [] : path.slice(1).split("/");
}

function childOf<T>(node: Node<T>, segment: string): Node<T> {
  if (segment.startsWith("{")) {
    node.parameter ??= newNode();
    return node.parameter;
  }
  const child = node.literals.get(segment) ?? newNode<T>();
  node.literals.set(segment, child);
  return child;
}

/** One look-up. It visits each node of the tree once at most. */
class Walk<T> {
  readonly allowed = new Set<string>();
  readonly #method: string;
  readonly #segments: readonly string[];
  readonly #parameters: string[] = [];

  constructor(method: string, segments: readonly string[]) {
    this.#method = method;
    this.#segments = segments;
  }

  from(node: Node<T>, at: number): Found<T> | undefined {
    const segment = this.#segments[at];
    if (segment === undefined) return this.#end(node.ends, "") ?? this.#end(node.rests, "");
    const literal = node.literals.get(segment);
    const found = literal === undefined ? undefined : this.from(literal, at + 1);
    if (found !== undefined) return found;
    if (node.parameter !== undefined && segment !== "") {
      this.#parameters.push(segment);
      const deeper = this.from(node.parameter, at + 1);
      if (deeper !== undefined) return deeper;
      this.#parameters.pop();
    }
    return node.rests.size === 0 ? undefined : this.#end(node.rests, this.#segments.slice(at).join("/"));
  }

  /** Whatever takes GET takes HEAD (RFC 9110, 9.3.2). */
  #end(values: ReadonlyMap<string, T>, rest: string): Found<T> | undefined {
    const own = values.get(this.#method) ?? (this.#method === "HEAD" ? values.get("GET") : undefined);
    const value = own ?? values.get(ANY);
    if (value !== undefined) return { value, parameters: [...this.#parameters], rest };
    for (const method of values.keys()) this.allowed.add(method);
    if (values.has("GET")) this.allowed.add("HEAD");
    return undefined;
  }
}

interface Node<T> {
  readonly children: Map<string, Node<T>>;
  value: T | undefined;
}

/** What owns a path, and where the path goes on below its base path. */
export interface Owner<T> {
  readonly value: T;
  /** Begins with a slash, or is empty. */
  readonly below: string;
}

/** Finds the longest base path that a path lies below, segment by segment. */
export class BasePaths<T> {
  readonly #root: Node<T> = { children: new Map(), value: undefined };

  /** @param basePath `/` and more, without a slash at its end; the first one of a path keeps it */
  add(basePath: string, value: T): void {
    let node = this.#root;
    for (const segment of basePath.slice(1).split("/")) {
      const child: Node<T> = node.children.get(segment) ?? { children: new Map(), value: undefined };
      node.children.set(segment, child);
      node = child;
    }
    node.value ??= value;
  }

  find(path: string): Owner<T> | undefined {
    let node: Node<T> | undefined = this.#root;
    let owner: Owner<T> | undefined;
    for (let start = 1; start <= path.length; ) {
      const slash = path.indexOf("/", start);
      const end = slash < 0 ? path.length : slash;
      node = node.children.get(path.slice(start, end));
      if (node === undefined) break;
      if (node.value !== undefined) owner = { value: node.value, below: path.slice(end) };
      start = end + 1;
    }
    return owner;
  }
}

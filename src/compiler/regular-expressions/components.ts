/**
 * Strongly connected components of a graph whose nodes are numbers, by Tarjan's algorithm without recursion: nodes that
 * lead to each other. A component comes after those that it leads to.
 */
export function findComponents(
  roots: Iterable<number>,
  successors: (node: number) => readonly number[],
): readonly (readonly number[])[] {
  const order = new Map<number, number>();
  const lowest = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const found: number[][] = [];
  for (const root of roots) {
    if (order.has(root)) continue;
    const path = [enter(root)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const successor = frame.left.pop();
      if (successor === undefined) {
        path.pop();
        leave(frame.node, path.at(-1)?.node);
      } else if (!order.has(successor)) path.push(enter(successor));
      else if (isOpen.has(successor)) lower(frame.node, order.get(successor));
    }
  }
  return found;

  function enter(node: number): { readonly node: number; readonly left: number[] } {
    order.set(node, order.size);
    lowest.set(node, order.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, left: [...successors(node)] };
  }

  function lower(node: number, to: number | undefined): void {
    if (to !== undefined && to < (lowest.get(node) ?? 0)) lowest.set(node, to);
  }

  function leave(node: number, parent: number | undefined): void {
    if (parent !== undefined) lower(parent, lowest.get(node));
    if (lowest.get(node) !== order.get(node)) return;
    const component = open.splice(open.lastIndexOf(node));
    for (const member of component) isOpen.delete(member);
    found.push(component);
  }
}

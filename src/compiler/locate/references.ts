import { identifierName } from "./constants.ts";
import type { SyntaxNode } from "./syntax.ts";
import { valuesIn } from "./values-in.ts";

/** The first place below a node where a name is used as a value. */
export function firstReference(root: SyntaxNode, name: string): SyntaxNode | undefined {
  let first: SyntaxNode | undefined;
  const waiting: SyntaxNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (identifierName(node) === name && (first === undefined || startOf(node) < startOf(first)))
      first = node;
    waiting.push(...valuesIn(node));
  }
  return first;
}

function startOf({ start }: SyntaxNode): number {
  return start ?? 0;
}

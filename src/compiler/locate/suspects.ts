import { type Expression, isNode, type SyntaxNode } from "./syntax.ts";

/**
 * What may be the reason where no stack text tells it: a loop without a condition, an `await` outside of functions,
 * a `throw` of something that is not made there, such as a text.
 */
export type Suspect = "loop" | "await" | "throw";

/** Nodes of a program that are suspects, in the order in which they stand. */
export function findSuspects(program: SyntaxNode): Readonly<Record<Suspect, readonly SyntaxNode[]>> {
  const found: Record<Suspect, SyntaxNode[]> = { loop: [], await: [], throw: [] };
  const waiting: { readonly node: SyntaxNode; readonly inFunction: boolean }[] = [
    { node: program, inFunction: false },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, inFunction } = next;
    if (isEndlessLoop(node)) found.loop.push(node);
    if (!inFunction && node.type === "AwaitExpression") found.await.push(node);
    if (isPlainThrow(node)) found.throw.push(node);
    const inside = inFunction || FUNCTIONS.has(node.type);
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) waiting.push({ node: child, inFunction: inside });
      }
    }
  }
  const inOrder = (nodes: readonly SyntaxNode[]): readonly SyntaxNode[] =>
    nodes.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0));
  return { loop: inOrder(found.loop), await: inOrder(found.await), throw: inOrder(found.throw) };
}

/** Methods run when they are called; what stands in a class's body beside them hardly ever waits or loops. */
const FUNCTIONS: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "FunctionDeclaration",
  "FunctionExpression",
  "ObjectMethod",
  "ClassMethod",
  "ClassPrivateMethod",
]);

function isPlainThrow(node: SyntaxNode): boolean {
  const thrown: unknown = node.type === "ThrowStatement" ? Reflect.get(node, "argument") : undefined;
  return isNode(thrown) && thrown.type !== "NewExpression";
}

/** `while (true)`, `do … while (1)`, `for (;;)`. That it holds a `break` proves nothing. */
function isEndlessLoop(node: SyntaxNode): boolean {
  const { type } = node;
  if (type !== "WhileStatement" && type !== "DoWhileStatement" && type !== "ForStatement") return false;
  const test: unknown = Reflect.get(node, "test");
  return !isNode(test) ? type === "ForStatement" : isTruthyLiteral(test);
}

function isTruthyLiteral(node: SyntaxNode): boolean {
  const { type } = node as Expression;
  const isLiteral = type === "BooleanLiteral" || type === "NumericLiteral" || type === "StringLiteral";
  return isLiteral && Boolean(Reflect.get(node, "value"));
}

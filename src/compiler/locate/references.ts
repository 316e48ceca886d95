import { identifierName } from "./constants.ts";
import { isNode, nodesIn, type SyntaxNode } from "./syntax.ts";

/** Fields whose names are no references, unless they are computed. */
const NAMING: Readonly<Record<string, string>> = {
  ObjectProperty: "key",
  ObjectMethod: "key",
  ClassMethod: "key",
  ClassProperty: "key",
  MemberExpression: "property",
  OptionalMemberExpression: "property",
};
const TYPES: ReadonlySet<string> = new Set([
  "typeAnnotation",
  "typeParameters",
  "typeArguments",
  "returnType",
]);

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

function valuesIn(node: SyntaxNode): readonly SyntaxNode[] {
  const naming = Reflect.get(node, "computed") === true ? undefined : NAMING[node.type];
  return Object.entries(node)
    .filter(
      ([field, value]) => field !== naming && !TYPES.has(field) && (isNode(value) || Array.isArray(value)),
    )
    .flatMap(([field]) => nodesIn(node, field));
}

function startOf({ start }: SyntaxNode): number {
  return start ?? 0;
}

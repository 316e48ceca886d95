import { isNode, nodesIn, type SyntaxNode } from "./syntax.ts";

/** Fields whose names are no references, unless they are computed. */
const NAMING: Readonly<Record<string, string>> = {
  ObjectProperty: "key",
  ObjectMethod: "key",
  ClassMethod: "key",
  ClassProperty: "key",
  ClassAccessorProperty: "key",
  MemberExpression: "property",
  OptionalMemberExpression: "property",
  LabeledStatement: "label",
  BreakStatement: "label",
  ContinueStatement: "label",
};
const TYPES: ReadonlySet<string> = new Set([
  "typeAnnotation",
  "typeParameters",
  "typeArguments",
  "returnType",
]);

/** The nodes directly below a node that are values: neither names of members and labels nor types. */
export function valuesIn(node: SyntaxNode): readonly SyntaxNode[] {
  const naming = Reflect.get(node, "computed") === true ? undefined : NAMING[node.type];
  return Object.entries(node)
    .filter(
      ([field, value]) => field !== naming && !TYPES.has(field) && (isNode(value) || Array.isArray(value)),
    )
    .flatMap(([field]) => nodesIn(node, field));
}

import type { parse } from "@babel/parser";

type Program = ReturnType<typeof parse>["program"];
type Statement = Program["body"][number];

/** Any expression of a source file. */
export type Expression = Extract<Statement, { type: "ExpressionStatement" }>["expression"];

/** An expression of one type. */
type ExpressionOf<Type extends Expression["type"]> = Extract<Expression, { type: Type }>;

/** Something that calls: its callee's position is what stack texts name. */
export type Call = ExpressionOf<
  "CallExpression" | "OptionalCallExpression" | "NewExpression" | "TaggedTemplateExpression"
>;

/** What the parser says of every node. */
export interface SyntaxNode {
  readonly type: string;
  readonly start?: number | null;
  readonly end?: number | null;
  readonly loc?: { readonly start: SyntaxPosition; readonly end: SyntaxPosition } | null;
}

/** Line from 1, column from 0. */
interface SyntaxPosition {
  readonly line: number;
  readonly column: number;
}

/** Whether a value is a node. */
export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Calls `visit` for a node and everything below it, in no particular order. Depth costs no stack. */
export function walk(root: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  const waiting: SyntaxNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node);
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) waiting.push(child);
    }
  }
}

/** Nodes in one field of a node, whether it holds one, several or none. */
export function nodesIn(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value: unknown = Reflect.get(node, field);
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

/** What a call calls. */
export function calleeOf(call: Call): SyntaxNode {
  return call.type === "TaggedTemplateExpression" ? call.tag : call.callee;
}

/** The last name of a callee: `by` of `approval.by`. */
export function lastName(callee: SyntaxNode): SyntaxNode {
  const expression = callee as Expression;
  const isMember = expression.type === "MemberExpression" || expression.type === "OptionalMemberExpression";
  return isMember ? expression.property : callee;
}

/** The expression inside type assertions, parentheses and `await`. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  const expression = node as Expression;
  switch (expression.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "ParenthesizedExpression":
      return unwrap(expression.expression);
    case "AwaitExpression":
      return unwrap(expression.argument);
    default:
      return node;
  }
}

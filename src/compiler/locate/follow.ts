import { identifierName } from "./constants.ts";
import { isCall, type SourceFile } from "./source-file.ts";
import { calleeOf, type Expression, isNode, nodesIn, type SyntaxNode, unwrap } from "./syntax.ts";

/** Names and indexes that lead from a declaration to one of its values: `["limits", 0, "per"]`. */
export type PropertyPath = readonly (string | number)[];

/** How far a path could be followed in the source. */
export interface Followed {
  /** Name of the last property met, where the path ends at one. */
  readonly key: SyntaxNode | undefined;
  readonly value: SyntaxNode;
  /** Whether the whole path was followed. */
  readonly whole: boolean;
}

type Step = Omit<Followed, "whole">;

/** Ends what could go in circles: `const f = () => f`. */
const MOST_HOPS = 32;

/** Follows a path into the arguments of a call, as far as the source says it in so many words. */
export function follow(file: SourceFile, call: SyntaxNode, path: PropertyPath): Followed {
  let here: Step = { key: undefined, value: call };
  for (const segment of path) {
    const next = step(file, here.value, segment, MOST_HOPS);
    if (next === undefined) return { ...here, whole: false };
    here = next;
  }
  return { ...here, whole: true };
}

function step(file: SourceFile, from: SyntaxNode, segment: string | number, hops: number): Step | undefined {
  if (hops === 0) return undefined;
  const node = unwrap(from);
  const into = (next: SyntaxNode | undefined): Step | undefined =>
    next === undefined ? undefined : step(file, next, segment, hops - 1);
  if (isCall(node)) return typeof segment === "string" ? intoArguments(node, into) : undefined;
  switch ((node as Expression).type) {
    case "ObjectExpression":
      return property(node, String(segment));
    case "ArrayExpression":
      return element(node, Number(segment));
    case "Identifier":
      return into(file.valueOf(identifierName(node) ?? ""));
    case "MemberExpression":
      return into(memberValue(file, node, hops - 1));
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return into(returned(node));
    default:
      return node.type === "ObjectMethod" ? into(returned(node)) : undefined;
  }
}

/** A declaration's properties stand in one of its call's arguments: `key({ … })`, `oai("gpt-4o", { … })`. */
function intoArguments(call: SyntaxNode, into: (argument: SyntaxNode) => Step | undefined): Step | undefined {
  for (const argument of nodesIn(call, "arguments")) {
    const found = into(argument);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The last property of a name wins, as it does when the config runs. What is spread is not looked into. */
function property(object: SyntaxNode, name: string): Step | undefined {
  for (const member of nodesIn(object, "properties").toReversed()) {
    const [key] = nodesIn(member, "key");
    if (key === undefined || keyName(member, key) !== name) continue;
    const value = member.type === "ObjectMethod" ? member : nodesIn(member, "value")[0];
    return { key, value: value ?? key };
  }
  return undefined;
}

function keyName(member: SyntaxNode, key: SyntaxNode): string | undefined {
  const isComputed = Reflect.get(member, "computed") === true;
  if (!isComputed && key.type === "Identifier") return identifierName(key);
  if (key.type === "StringLiteral" || key.type === "NumericLiteral") return String(Reflect.get(key, "value"));
  return undefined;
}

function element(array: SyntaxNode, index: number): Step | undefined {
  const elements: unknown = Reflect.get(array, "elements");
  if (!Array.isArray(elements) || !Number.isInteger(index)) return undefined;
  const upTo: readonly unknown[] = elements.slice(0, index + 1);
  const value = upTo[index];
  const isCounted = upTo.every((item) => !isNode(item) || item.type !== "SpreadElement");
  return isCounted && isNode(value) ? { key: undefined, value } : undefined;
}

/** `limits.shop` where `limits` is a constant object. */
function memberValue(file: SourceFile, member: SyntaxNode, hops: number): SyntaxNode | undefined {
  const [object] = nodesIn(member, "object");
  const [key] = nodesIn(member, "property");
  const name = key === undefined ? undefined : keyName(member, key);
  if (object === undefined || name === undefined || isCall(unwrap(object))) return undefined;
  return step(file, object, name, hops)?.value;
}

/** The expression that a name or `limits.shop` stands for; undefined for what stands for itself. */
export function originOf(file: SourceFile, node: SyntaxNode): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  let next: SyntaxNode | undefined = unwrap(node);
  for (let hops = 0; hops < MOST_HOPS && next !== undefined; hops++) {
    const here: SyntaxNode = unwrap(next);
    if (here.type === "Identifier") next = file.valueOf(identifierName(here) ?? "");
    else next = here.type === "MemberExpression" ? memberValue(file, here, MOST_HOPS) : undefined;
    found = next ?? found;
  }
  return found;
}

/** What a function answers: its expression, or what its only `return` says. */
function returned(node: SyntaxNode): SyntaxNode | undefined {
  const [body] = nodesIn(node, "body");
  if (body?.type !== "BlockStatement") return body;
  const returns = nodesIn(body, "body").filter(({ type }) => type === "ReturnStatement");
  return returns.length === 1 && returns[0] !== undefined ? nodesIn(returns[0], "argument")[0] : undefined;
}

/** What names a call for a reader: its whole callee where that is plain names, else the last of them. */
export function callName(call: SyntaxNode): SyntaxNode {
  return isCall(call) ? plainName(calleeOf(call)) : call;
}

function plainName(callee: SyntaxNode): SyntaxNode {
  const isOneLine = callee.loc?.start.line === callee.loc?.end.line;
  if (callee.type !== "MemberExpression" || (isOneLine && isPlain(callee))) return callee;
  return nodesIn(callee, "property")[0] ?? callee;
}

function isPlain(node: SyntaxNode): boolean {
  if (node.type === "Identifier") return true;
  return node.type === "MemberExpression" && nodesIn(node, "object").every(isPlain);
}

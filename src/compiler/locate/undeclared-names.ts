import { identifierName } from "./constants.ts";
import { nodesIn, type SyntaxNode } from "./syntax.ts";
import { valuesIn } from "./values-in.ts";

/** What a module has without declaring it and without its being a global. */
const MODULE_NAMES: readonly string[] = [
  "arguments",
  "require",
  "module",
  "exports",
  "__dirname",
  "__filename",
];

/** Nodes that only types and modules know: their names are none that run. */
const SILENT =
  /^(?:TS|Import(?!Expression)|Export(?:All|Namespace)|ExportSpecifier|MetaProperty|PrivateName)/;
/** TypeScript's nodes around an expression that does run. */
const AROUND = /^TS(?:As|Satisfies|NonNull|Instantiation)Expression$|^TSTypeAssertion$|^TSExportAssignment$/;
const FUNCTION = /^(?:Function|ArrowFunction|Object(?=Method)|Class(?=(?:Private)?Method))/;

/** Names that one function, or the module, binds; those of blocks count as its own. */
interface Scope {
  readonly names: ReadonlySet<string>;
  readonly outer: Scope | undefined;
}

/**
 * The first use of each name that nothing declares, in the order of the text. Never one that is declared: a name that a
 * block binds counts in its whole function, and one that `typeof` asks for may be absent on purpose.
 * @param isGlobal whether the name is there in every module
 */
export function undeclaredNames(
  program: SyntaxNode,
  isGlobal: (name: string) => boolean,
): ReadonlyMap<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  const asked = new Set<string>(MODULE_NAMES);
  const waiting: (readonly [SyntaxNode, Scope])[] = [[program, scopeOf(program, undefined)]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [node, outer] = next;
    const name = identifierName(node);
    if (name !== undefined && !isBound(name, outer) && !isGlobal(name)) {
      const first = found.get(name);
      if (first === undefined || startOf(node) < startOf(first)) found.set(name, node);
    }
    if (Reflect.get(node, "operator") === "typeof") {
      for (const operand of nodesIn(node, "argument")) asked.add(identifierName(operand) ?? "");
    }
    const scope = FUNCTION.test(node.type) ? scopeOf(node, outer) : outer;
    for (const child of runningIn(node)) waiting.push([child, scope]);
  }
  const names = [...found].filter(([name]) => !asked.has(name));
  return new Map(names.sort(([, a], [, b]) => startOf(a) - startOf(b)));
}

/** Parts of a node that run, rather than name or type something. */
function runningIn(node: SyntaxNode): readonly SyntaxNode[] {
  if (AROUND.test(node.type)) return nodesIn(node, "expression");
  return SILENT.test(node.type) ? [] : valuesIn(node);
}

function scopeOf(root: SyntaxNode, outer: Scope | undefined): Scope {
  const names = new Set<string>();
  const bind = (node: SyntaxNode, field: string): void => {
    for (const pattern of nodesIn(node, field)) addNames(pattern, names);
  };
  bind(root, "params");
  const waiting: SyntaxNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (/^Import.*Specifier$/.test(node.type)) bind(node, "local");
    else if (node.type === "ImportDeclaration") waiting.push(...nodesIn(node, "specifiers"));
    else if (node.type === "CatchClause") bind(node, "param");
    else if (!/^TS(?:TypeAlias|Interface)|^PrivateName$/.test(node.type)) bind(node, "id");
    if (node === root || !FUNCTION.test(node.type)) waiting.push(...runningIn(node));
  }
  return { names, outer };
}

/** Names that a pattern binds. */
function addNames(pattern: SyntaxNode, names: Set<string>): void {
  const waiting: SyntaxNode[] = [pattern];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const name = identifierName(node);
    if (name !== undefined) names.add(name);
    const fields =
      name === undefined ? ["properties", "elements", "value", "left", "argument", "parameter"] : [];
    for (const field of fields) waiting.push(...nodesIn(node, field));
  }
}

function isBound(name: string, scope: Scope | undefined): boolean {
  for (let here = scope; here !== undefined; here = here.outer) if (here.names.has(name)) return true;
  return false;
}

function startOf({ start }: SyntaxNode): number {
  return start ?? 0;
}

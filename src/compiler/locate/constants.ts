import { nodesIn, type SyntaxNode, walk } from "./syntax.ts";

/**
 * What the names of a file stand for, gathered node by node. Scopes are not followed: a name that is bound more
 * than once in the file stands for nothing, so an answer is never the wrong one.
 */
export class Constants {
  readonly #values = new Map<string, SyntaxNode | undefined>();

  /** Takes in what one node binds. */
  add(node: SyntaxNode): void {
    if (node.type === "VariableDeclaration") this.#addVariables(node);
    for (const field of bindingFields(node)) {
      for (const pattern of nodesIn(node, field)) this.#addPattern(pattern);
    }
  }

  /** The value of a `const` with a name of its own. */
  valueOf(name: string): SyntaxNode | undefined {
    return this.#values.get(name);
  }

  /** All names that the file binds, wherever it does. */
  names(): readonly string[] {
    return [...this.#values.keys()];
  }

  #addVariables(declaration: SyntaxNode): void {
    const isConstant = Reflect.get(declaration, "kind") === "const";
    for (const declarator of nodesIn(declaration, "declarations")) {
      const [id] = nodesIn(declarator, "id");
      const [value] = nodesIn(declarator, "init");
      const name = id === undefined ? undefined : identifierName(id);
      if (name !== undefined && isConstant) this.#bind(name, value);
      else if (id !== undefined) this.#addPattern(id);
    }
  }

  /** Names in default values and types count too: that makes us more careful, never wrong. */
  #addPattern(pattern: SyntaxNode): void {
    walk(pattern, (node) => {
      const name = identifierName(node);
      if (name !== undefined) this.#bind(name, undefined);
    });
  }

  #bind(name: string, value: SyntaxNode | undefined): void {
    this.#values.set(name, this.#values.has(name) ? undefined : value);
  }
}

/** The name that a node is, if it is one. */
export function identifierName(node: SyntaxNode): string | undefined {
  if (node.type !== "Identifier") return undefined;
  const name: unknown = Reflect.get(node, "name");
  return typeof name === "string" ? name : undefined;
}

/** Fields in which a node other than a variable's declaration binds names. */
function bindingFields(node: SyntaxNode): readonly string[] {
  if (/^Import.*Specifier$/.test(node.type)) return ["local"];
  if (node.type === "CatchClause") return ["param"];
  return "params" in node ? ["params", "id"] : ["id"].filter(() => /^(?:Class|TSEnum)/.test(node.type));
}

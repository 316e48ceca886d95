import { extname } from "node:path";
import { type ParserPlugin, parse } from "@babel/parser";
import { Constants } from "./constants.ts";
import { firstReference } from "./references.ts";
import { findSuspects, type Suspect } from "./suspects.ts";
import { type Call, calleeOf, isNode, lastName, type SyntaxNode, walk } from "./syntax.ts";
import { undeclaredNames } from "./undeclared-names.ts";

/** What is known of one parsed source file. */
export interface SourceFile {
  /**
   * The call that a stack text means by a place: the one whose callee's last name begins there, else the
   * innermost one around it. Line and column from 1.
   */
  readonly callAt: (line: number, column: number) => SyntaxNode | undefined;
  /** What a name stands for, where the file leaves no doubt about it. */
  readonly valueOf: (name: string) => SyntaxNode | undefined;
  /** The first use of a name as a value, in a call if it is there, else in the file. */
  readonly referenceTo: (name: string, call: SyntaxNode | undefined) => SyntaxNode | undefined;
  /** The first use of each name that nothing declares, in the order of the text. */
  readonly undeclared: () => ReadonlyMap<string, SyntaxNode>;
  /** All names that the file binds. */
  readonly names: readonly string[];
  /** Nodes that may be the reason of a failure, in the order in which they stand. */
  readonly suspects: (kind: Suspect) => readonly SyntaxNode[];
  /** A line's text, from 1. */
  readonly line: (line: number) => string;
}

const CALLS: ReadonlySet<string> = new Set<Call["type"]>([
  "CallExpression",
  "OptionalCallExpression",
  "NewExpression",
  "TaggedTemplateExpression",
]);

/** Parses a source file; undefined where that is impossible, so that there is nothing to look into. */
export function readSourceFile(path: string, text: string): SourceFile | undefined {
  const program = parseProgram(path, text);
  if (program === undefined) return undefined;
  const calls: Call[] = [];
  const byName = new Map<string, Call>();
  const constants = new Constants();
  walk(program, (node) => {
    constants.add(node);
    if (!isCall(node)) return;
    calls.push(node);
    for (const place of namesOf(node)) byName.set(place, node);
  });
  const lines = text.split(/\r\n?|[\n\u2028\u2029]/);
  return {
    callAt: (line, column) => byName.get(`${line}:${column}`) ?? innermost(calls, line, column),
    valueOf: (name) => constants.valueOf(name),
    referenceTo: (name, call) =>
      (call === undefined ? undefined : firstReference(call, name)) ?? firstReference(program, name),
    // The config runs in a process of the same engine, so that its globals are these.
    undeclared: () => undeclaredNames(program, (name) => name in globalThis),
    names: constants.names(),
    suspects: (kind) => findSuspects(program)[kind],
    line: (line) => lines[line - 1] ?? "",
  };
}

/** Whether a node is a call of any kind. */
export function isCall(node: SyntaxNode): node is SyntaxNode & Call {
  return CALLS.has(node.type);
}

function parseProgram(path: string, text: string): SyntaxNode | undefined {
  const jsx: readonly ParserPlugin[] = /^\.[jt]sx$/.test(extname(path)) ? ["jsx"] : [];
  const plugins: ParserPlugin[] = ["typescript", "decorators", "explicitResourceManagement", ...jsx];
  try {
    const file = parse(text, { sourceType: "module", plugins, errorRecovery: true, attachComment: false });
    return isNode(file.program) ? file.program : undefined;
  } catch {
    return undefined;
  }
}

/** Where stack texts may say that a call is: at its callee's last name, and for `new` also at its start. */
function namesOf(call: SyntaxNode & Call): readonly string[] {
  const nodes = call.type === "NewExpression" ? [lastName(calleeOf(call)), call] : [lastName(calleeOf(call))];
  return nodes.flatMap(({ loc }) => (loc ? [`${loc.start.line}:${loc.start.column + 1}`] : []));
}

function innermost(calls: readonly Call[], line: number, column: number): SyntaxNode | undefined {
  let best: SyntaxNode | undefined;
  for (const call of calls) {
    if (holds(call, line, column) && (call.start ?? 0) >= (best?.start ?? 0)) best = call;
  }
  return best;
}

function holds(node: SyntaxNode, line: number, column: number): boolean {
  if (!node.loc) return false;
  const { start, end } = node.loc;
  const begins = line > start.line || (line === start.line && column > start.column);
  return begins && (line < end.line || (line === end.line && column <= end.column));
}

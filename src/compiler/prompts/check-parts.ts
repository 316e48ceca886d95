import type { PromptPart } from "../../../sdk/config/prompt.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { DiagnosticCode } from "../diagnostic-codes.ts";
import { isFreeText, itemType, type SlotType, typeAt, useOf } from "./slot-type.ts";

/** What is wrong with a message, and what it uses. */
export interface PartChecker {
  readonly root: JsonObject;
  readonly isSystem: boolean;
  /** Fields of the input that were met; the empty name stands for the whole input. */
  readonly used: Set<string>;
  readonly problem: (code: DiagnosticCode, message: string) => void;
}

type Structured = Exclude<PromptPart, string>;
/** Types of the variables that can be seen, by number. */
type Scope = ReadonlyMap<number, SlotType>;

/** Of a slot that a mistake was made with, which is told of already. */
const UNKNOWN: SlotType = { schema: undefined, absent: false, nullable: false };

/** Checks the parts of a message against the types of the slots in them. */
export function checkParts(parts: readonly PromptPart[], scope: Scope, checker: PartChecker): void {
  for (const part of parts) {
    if (typeof part !== "string") checkPart(part, scope, checker);
  }
}

function checkPart(part: Structured, scope: Scope, checker: PartChecker): void {
  const { root, problem } = checker;
  if (part.kind === "mistake") return problem("LK1401", part.message);
  const from = scope.get(part.slot.variable);
  const name = part.slot.path.join(".") || (part.slot.variable === 0 ? "the input" : "the item");
  if (from === undefined) {
    problem("LK1401", `${name} is used outside of the list or optional part that it belongs to`);
    return;
  }
  if (part.slot.variable === 0) checker.used.add(part.slot.path[0] ?? "");
  const type = part.slot.broken === true ? UNKNOWN : typeAt(from, part.slot.path, root);
  if (part.kind === "optional") {
    const bound = new Map(scope).set(part.variable, { ...type, absent: false, nullable: false });
    checkParts(part.parts, bound, checker);
    checkParts(part.otherwise, scope, checker);
    return;
  }
  if (type.absent || (type.nullable && part.kind !== "json")) {
    problem("LK1406", `${name} may be ${type.absent ? "absent" : "null"}`);
  }
  if (part.kind === "list") {
    const item = itemType(type, root);
    if (item === undefined) problem("LK1413", `${name} is no list`);
    else checkParts(part.parts, new Map(scope).set(part.variable, item), checker);
    return;
  }
  if (part.kind === "value" && useOf(type) === "structure") {
    problem("LK1405", `${name} is an object or a list, not text`);
  }
  if (!checker.isSystem) return;
  if (!part.trusted) problem("LK1404", `${name} stands in a system message`);
  else if (isFreeText(type)) problem("LK1415", `${name} is trusted in a system message, but can be any text`);
}

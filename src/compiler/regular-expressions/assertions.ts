import type { Assertion, Concatenation, Element } from "refa";

/** Whether an assertion is `$`: nothing follows. */
export function isEnd({ kind, negate, alternatives }: Assertion): boolean {
  return kind === "ahead" && negate && isAnyCharacter(alternatives);
}

/** Whether alternatives only look around, as `\b` does: however it holds, it takes nothing. */
export function isPureAssertion({ elements }: Concatenation): boolean {
  return elements.length > 0 && elements.every(({ type }) => type === "Assertion");
}

/** Whether a match can only begin where the text does. */
export function startsAnchored(alternatives: readonly Concatenation[]): boolean {
  return alternatives.length > 0 && alternatives.every(({ elements }) => isAnchored(elements));
}

function isAnchored(elements: readonly Element[]): boolean {
  for (const element of elements) {
    if (element.type === "Assertion") {
      const { kind, negate, alternatives } = element;
      if (kind === "behind" && negate && isAnyCharacter(alternatives)) return true;
    } else if (element.type === "Alternation") return startsAnchored(element.alternatives);
    else return element.type === "Quantifier" && element.min > 0 && startsAnchored(element.alternatives);
  }
  return false;
}

function isAnyCharacter(alternatives: readonly Concatenation[]): boolean {
  const [first, second] = alternatives;
  const [element, another] = first?.elements ?? [];
  if (second !== undefined || another !== undefined) return false;
  return element?.type === "CharacterClass" && element.characters.isAll;
}

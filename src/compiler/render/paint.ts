/** How a piece of terminal text looks. */
export type Look = "bold" | "dim" | "red" | "yellow" | "green" | "cyan";

/** Dresses a text for the terminal. */
export type Paint = (text: string, ...looks: readonly Look[]) => string;

// Select Graphic Rendition parameters: https://www.ecma-international.org/publications-and-standards/standards/ecma-48/
const SGR: Readonly<Record<Look, number>> = { bold: 1, dim: 2, red: 31, yellow: 33, green: 32, cyan: 36 };

/** A painter; without colour it leaves every text as it is. */
export function createPaint(colour: boolean): Paint {
  if (!colour) return (text) => text;
  return (text, ...looks) =>
    text === "" ? "" : `\u001b[${looks.map((look) => SGR[look]).join(";")}m${text}\u001b[0m`;
}

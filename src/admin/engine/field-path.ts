/** Characters of a path that is shown at most. */
const LONGEST = 200;

const PLAIN_NAME = /^[\p{L}\p{N}_$-]+$/u;

/** The path of a field as people write it: `terms.models[2]`; a name that is no word stands in quotes and brackets. */
export function fieldPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else {
      const name = String(part).slice(0, LONGEST);
      if (!PLAIN_NAME.test(name)) text += `[${JSON.stringify(name)}]`;
      else text += text === "" ? name : `.${name}`;
    }
    if (text.length > LONGEST) return `${text.slice(0, LONGEST)}…`;
  }
  return text;
}

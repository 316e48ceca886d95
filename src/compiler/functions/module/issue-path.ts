/** A path as people write it: `items[0].name`. */
export function issuePath(steps: readonly PropertyKey[]): string {
  let text = "";
  for (const step of steps) {
    if (typeof step === "number") text += `[${step}]`;
    else text += `${text === "" ? "" : "."}${String(step)}`;
  }
  return text;
}

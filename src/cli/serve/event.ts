import type { Ui } from "../ui.ts";

/** Says that something happened: a text for people, a line of JSON for machines. */
export function tell(
  ui: Ui,
  event: string,
  text: string,
  fields: Readonly<Record<string, unknown>> = {},
): void {
  ui.out.line(text);
  ui.data({ event, ...fields }, "line");
}

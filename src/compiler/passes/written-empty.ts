import type { NamedConfig } from "./name-declarations.ts";

/** Whether an option was written as an empty list; what is left of a list of mistakes is another matter. */
export function isWrittenEmpty({ graph }: NamedConfig, id: number, option: string): boolean {
  const written = graph.declarations[id]?.fields[option];
  return Array.isArray(written) && written.length === 0;
}

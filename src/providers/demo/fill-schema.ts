import { unsupported } from "./refusal.ts";

/** Where a schema stands and what it is filled with. */
export interface FillOptions {
  readonly text: string;
  readonly seed: number;
  readonly param: string;
}

/** An instance of a JSON Schema. @throws DemoRefusal when none could be made. */
export function fillSchema(_schema: unknown, options: FillOptions): unknown {
  throw unsupported(options.param, "schemas come with the next version");
}

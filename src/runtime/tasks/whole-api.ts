import type { StreamTap } from "../../dialects/passthrough.ts";
import { renderStreamError } from "../../dialects/task/stream-error.ts";
import { TaskStreamTap } from "../../dialects/task/stream-tap.ts";

/** What APIs without streams say of them. */
export const noStreams = {
  encodeStream: () => ({ encode: () => "", fail: renderStreamError }),
  eventsOf: () => [],
} as const;

/** Nothing that comes as a stream is whole there. */
export function noStreamTap(): StreamTap {
  return new TaskStreamTap({ done: [], needed: 1, readUsage: () => undefined });
}

/** There are no steps to tell of usage. */
export function noStepUsage(): undefined {
  return undefined;
}

import { bundlePositions } from "../../locate/stack-frame.ts";
import type { GraphSite } from "../graph.ts";

/** The part of a stack text that places are found by, in a form that ten thousand declarations can afford. */
export function sitePositions(stack: string, bundlePath: string): GraphSite {
  return bundlePositions(stack, bundlePath)
    .map(({ line, column }) => `${line}:${column}`)
    .join(",");
}

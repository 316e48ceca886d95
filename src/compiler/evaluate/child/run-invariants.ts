import type { Artifact } from "../../../artifact/artifact.ts";
import type { GraphError, InvariantOutcome } from "../graph.ts";
import type { GraphWriter } from "./graph-writer.ts";
import { Trail } from "./traced-list.ts";
import { viewGateway } from "./view-gateway.ts";

/** Counter-examples that are told of one invariant. */
const MAX_EXAMPLES = 3;

/** Checks the invariants of a gateway on what it was compiled to, in the order in which they are declared. */
export function runInvariants(
  gateway: unknown,
  artifact: Artifact,
  describeError: (thrown: unknown) => GraphError,
  writer: GraphWriter,
): readonly InvariantOutcome[] {
  const trail = new Trail();
  const view = viewGateway(artifact, trail);
  const declared: unknown = Reflect.get(Object(gateway), "invariants");
  return (Array.isArray(declared) ? declared : []).map((invariant): InvariantOutcome => {
    const check: unknown = Reflect.get(Object(invariant), "check");
    if (typeof check !== "function") return { kind: "odd", what: "nothing: its check is no function" };
    trail.clear();
    try {
      const answer: unknown = check(view);
      if (answer instanceof Promise) answer.catch(() => {});
      return outcomeOf(answer, trail, writer);
    } catch (thrown) {
      return { kind: "threw", ...describeError(thrown) };
    }
  });
}

function outcomeOf(answer: unknown, trail: Trail, writer: GraphWriter): InvariantOutcome {
  if (answer === true) return { kind: "holds" };
  if (answer === false) {
    return { kind: "broken", examples: trail.steps.length === 0 ? [] : [trail.steps], more: 0 };
  }
  if (!Array.isArray(answer)) return { kind: "odd", what: writer.describe(answer) };
  if (answer.length === 0) return { kind: "holds" };
  const examples = answer
    .slice(0, MAX_EXAMPLES)
    .map((item: unknown) => [trail.labels.get(Object(item)) ?? writer.describe(item)]);
  return { kind: "broken", examples, more: answer.length - examples.length };
}

import type { DemoModelId } from "../../../src/catalog/demo-models.ts";
import { declareProvider, type ProviderPlace, type TargetFactory } from "../provider.ts";

/**
 * The built-in provider: deterministic, offline, needs no account. Its models are listed in `docs/demo.md`.
 * @example
 * const local = demo();
 * const fast = model({ targets: [local("echo")] });
 */
export function demo(place: ProviderPlace = {}): TargetFactory<DemoModelId> {
  return declareProvider("demo", place);
}

import type { TargetTraits } from "../dialect.ts";

/** The provider's path with the model's id in it, encoded as one segment. */
export function modelPath(template: string, { upstreamModel }: TargetTraits): string {
  return template.replace("{model}", () => encodeURIComponent(upstreamModel));
}

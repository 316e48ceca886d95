import type { TargetPaths, TargetTraits } from "../dialect.ts";
import { readTarget } from "./quirks.ts";

/**
 * Where requests for a model go. Google AI Studio: `/models/X`, `/tunedModels/X`. Vertex AI, whose base URL ends with
 * project and location: `/publishers/google/models/X`, `/endpoints/X` for tuned models; whole resource names of such
 * are cut to that.
 * Source: https://ai.google.dev/api/generate-content,
 * https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.publishers.models/generateContent
 */
export function paths(traits: TargetTraits): TargetPaths {
  const { model, isVertex } = readTarget(traits);
  const name = isVertex ? vertexName(model) : studioName(model);
  const path = `/${name.split("/").map(encodeURIComponent).join("/")}`;
  return { whole: `${path}:generateContent`, stream: `${path}:streamGenerateContent?alt=sse` };
}

function studioName(model: string): string {
  return /^(models|tunedModels)\//.test(model) ? model : `models/${model}`;
}

function vertexName(model: string): string {
  const local = model.replace(/^projects\/[^/]+\/locations\/[^/]+\//, "");
  if (/^(publishers|endpoints|models)\//.test(local)) return local;
  const slash = local.indexOf("/");
  return slash < 0
    ? `publishers/google/models/${local}`
    : `publishers/${local.slice(0, slash)}/models/${local.slice(slash + 1)}`;
}

import { parseError } from "../../gemini/error.ts";
import type { TaskTraits } from "../../task/task-dialect.ts";
import type { ImagesEgress } from "../images-dialect.ts";
import { parseGenerateContent, renderGenerateContent } from "./generate-content.ts";
import { parsePredict, renderPredict } from "./predict.ts";

/** Models that only draw have a method of their own; all others answer a conversation with pictures. */
function isImagen({ upstreamModel }: TaskTraits): boolean {
  return upstreamModel.startsWith("imagen") || upstreamModel.startsWith("imagegeneration");
}

/** Pictures of Google AI Studio and of Vertex AI. */
export const gemini: ImagesEgress = {
  needsInlineMedia: true,
  renderRequest: (request, traits) =>
    isImagen(traits) ? renderPredict(request, traits) : renderGenerateContent(request, traits),
  parseResponse: (answer, _request, traits) =>
    isImagen(traits) ? parsePredict(answer) : parseGenerateContent(answer),
  parseError,
};
